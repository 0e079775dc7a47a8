import type { PaperBlock } from '#lib/domain/agreement/paper.ts';
import { type AgreementPen, currencyName } from '#lib/messages/agreement-pen.ts';
import { dayLong, dayShort, percentText } from '#lib/messages/plain-format.ts';
import { sentences } from '#lib/messages/sentences.ts';

/** The section on how the plan is repaid: cycle, method, currency, and the date and amount of every instalment. */
export function repayment(pen: AgreementPen): PaperBlock[] {
	const { facts, locale, say, money } = pen;
	const { rows, deferralMonths: months, deferralInterest } = facts;
	const first = rows[0]!;
	const last = rows.at(-1)!;
	const once = rows.length === 1;
	const currency = currencyName(facts.currency, locale);
	return [
		{ kind: 'heading', text: say('repayment') },
		{
			kind: 'facts',
			items: [
				{ term: say('method'), value: methodName(pen) },
				{ term: say('cycle'), value: once ? say('cycle_once') : say('cycle_monthly', { count: rows.length }) },
				{ term: say('currency'), value: currency },
				...monthlyFigures(pen),
				// Beside the monthly figures and in the same type. [PBOC announcement 2021 No. 3]
				{ term: say('annual_simple'), value: percentText(facts.annualRateSimple, locale) },
				{ term: say('annual_effective'), value: percentText(facts.annualRateEffective, locale) },
				{ term: say(once ? 'once_due' : 'first_due'), value: dayLong(first.dueDate, locale) },
				...(once ? [] : [{ term: say('last_due'), value: dayLong(last.dueDate, locale) }]),
				{ term: say('total_payable'), value: money(facts.totalPayable) },
			],
		},
		...(months > 0
			? [
					{
						kind: 'text' as const,
						text: sentences(
							say('deferral', { months }),
							deferralInterest !== null && say(`deferral_${deferralInterest}`),
						),
					},
				]
			: []),
		{ kind: 'text', text: say('table_text', { currency }) },
		scheduleTable(pen),
		{ kind: 'text', text: say('how_to_pay') },
	];
}

function scheduleTable({ facts, locale, say, money }: AgreementPen): PaperBlock {
	const showsAccrued = (facts.accrued?.amount ?? 0) > 0;
	return {
		kind: 'table',
		wordColumns: 2,
		head: [
			say('column_number'),
			say('column_due'),
			say('column_principal'),
			say('column_interest'),
			...(showsAccrued ? [say('column_accrued')] : []),
			say('column_total'),
			say('column_left'),
		],
		rows: facts.rows.map((row) => [
			String(row.number),
			dayShort(row.dueDate, locale),
			money(row.principal),
			money(row.interest),
			...(showsAccrued ? [money(row.accrued)] : []),
			money(row.total),
			money(row.balanceAfter),
		]),
	};
}

/** What a month asks for: the first, those after it where they are all alike, and the last. */
function monthlyFigures({ facts: { rows }, say, money }: AgreementPen): { term: string; value: string }[] {
	if (rows.length === 1) return [{ term: say('once_amount'), value: money(rows[0]!.total) }];
	const between = rows.slice(1, -1);
	const middle = between[0]?.total;
	const isLevel = middle !== undefined && between.every(({ total }) => total === middle);
	return [
		{ term: say('first_amount'), value: money(rows[0]!.total) },
		...(isLevel ? [{ term: say('middle_amount'), value: money(middle) }] : []),
		{ term: say('last_amount'), value: money(rows.at(-1)!.total) },
	];
}

function methodName({ facts: { method, totalInterest, rows }, say }: AgreementPen): string {
	if (rows.length === 1) return say('method_once');
	if (totalInterest === 0) return say('method_equalPrincipal_free');
	return say(`method_${method}`);
}
