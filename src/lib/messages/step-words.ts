import type {
	BilledStep,
	InterestFreePeriodLostStep,
	InterestStep,
	LatePaymentFeeStep,
	PolicyChangedStep,
	PostedStep,
	Settled,
	Step,
} from '#lib/domain/account/explanation-step.ts';
import type { Minor } from '#lib/domain/money.ts';
import { dayOfMonth, daysText, listText, rateText } from '#lib/messages/debt-format.ts';
import { amountText, dayShort } from '#lib/messages/format.ts';
import { sentences } from '#lib/messages/sentences.ts';
import * as m from '#lib/paraglide/messages.js';

/** A step in the reader's words: one sentence, where it needs them two or three. */
export function stepWords(step: Step, currency: string): string {
	const text = (amount: Minor) => amountText(amount, currency);
	switch (step.code) {
		case 'interest':
			return interestWords(step, text);
		case 'interest_free_period_lost':
			return lostWords(step, text);
		case 'late_payment_fee':
			return lateFeeWords(step, text);
		case 'billed':
			return billedWords(step, text);
		case 'posted':
			return postedWords(step, text);
		case 'policy_changed':
			return policyWords(step);
	}
}

/** The day or days of a step, as they stand before its sentence. */
export function stepDays(step: Step): string {
	return 'firstOn' in step ? daysText(step.firstOn, step.on) : dayOfMonth(step.on);
}

type AmountText = (amount: Minor) => string;

function interestWords({ balance, rate, days, policyEffectiveOn }: InterestStep, text: AmountText): string {
	return sentences(
		m.why_step_interest({ balance: text(balance), rate: rateText(rate), days }),
		policyEffectiveOn && m.why_step_terms({ day: dayShort(policyEffectiveOn) }),
	);
}

function lostWords(step: InterestFreePeriodLostStep, text: AmountText): string {
	return m.why_step_lost({
		statement: dayOfMonth(step.statementDate),
		grace: dayOfMonth(step.graceEndsOn),
		credited: text(step.creditedInTime),
		balance: text(step.statementBalance),
	});
}

function lateFeeWords(step: LatePaymentFeeStep, text: AmountText): string {
	const { bound, amount, policyEffectiveOn } = step;
	return sentences(
		m.why_step_late_fee({
			statement: dayOfMonth(step.statementDate),
			minimum: text(step.minimumPaymentDue),
			due: dayOfMonth(step.dueDate),
			paid: text(step.paid),
			grace: dayOfMonth(step.graceEndsOn),
			shortfall: text(step.shortfall),
			rate: rateText(step.rate),
			share: text(step.share),
		}),
		bound === 'minimum' && m.why_step_late_fee_minimum({ amount: text(amount) }),
		bound === 'maximum' && m.why_step_late_fee_maximum({ amount: text(amount) }),
		policyEffectiveOn && m.why_step_terms({ day: dayShort(policyEffectiveOn) }),
	);
}

function billedWords({ statement, interest, lateFees, amount }: BilledStep, text: AmountText): string {
	const counted = interest.counted + lateFees.counted;
	const items = [
		...(interest.posted > 0 ? [m.why_step_billed_interest({ amount: text(interest.posted) })] : []),
		...(lateFees.posted > 0 ? [m.why_step_billed_fees({ amount: text(lateFees.posted) })] : []),
	];
	const listed = { items: listText(items) };
	return sentences(
		statement &&
			m.why_step_statement({
				balance: text(statement.statementBalance),
				minimum: text(statement.minimumPaymentDue),
				due: dayOfMonth(statement.dueDate),
			}),
		items.length > 0 && (statement ? m.why_step_billed(listed) : m.why_step_posted_alone(listed)),
		counted > 0 && items.length > 0 && amount === 0 && m.why_step_billed_counted(),
		counted > 0 && amount > 0 && m.why_step_billed_more({ counted: text(counted) }),
		counted > 0 && amount < 0 && m.why_step_billed_less({ counted: text(counted) }),
	);
}

const POSTED: Record<PostedStep['kind'], () => string> = {
	purchase: m.why_step_purchase,
	cash_advance: m.why_step_cash_advance,
	fee: m.why_step_fee,
	payment: m.why_step_payment,
	refund: m.why_step_refund,
	waiver_interest: m.why_step_waiver_interest,
	waiver_fee: m.why_step_waiver_fee,
};

function postedWords({ kind, count, firstOn, on, settled }: PostedStep, text: AmountText): string {
	if (count > 1) return m.why_step_purchases({ count, range: daysText(firstOn, on) });
	const isWaiver = kind === 'waiver_interest' || kind === 'waiver_fee';
	const items = settled && !isWaiver ? settledItems(settled, text) : [];
	return sentences(POSTED[kind](), items.length > 0 && m.why_step_settled({ items: listText(items) }));
}

function settledItems(settled: Settled, text: AmountText): string[] {
	const names = [
		[settled.interest, m.why_step_settled_interest],
		[settled.fee, m.why_step_settled_fee],
		[settled.principal, m.why_step_settled_principal],
		[settled.over, m.why_step_settled_over],
	] as const;
	return names.filter(([amount]) => amount > 0).map(([amount, name]) => name({ amount: text(amount) }));
}

function policyWords({ rateBefore, rate }: PolicyChangedStep): string {
	const [before, after] = [rateText(rateBefore), rateText(rate)];
	return before === after ? m.why_step_policy_same({ rate: after }) : m.why_step_policy({ rate: after, before });
}
