import { textIn } from '#lib/domain/language.ts';
import type { AgreementFacts } from '#lib/domain/agreement/agreement-facts.ts';
import type { Paper, PaperBlock } from '#lib/domain/agreement/paper.ts';
import type { Minor } from '#lib/domain/money.ts';
import { parseRate } from '#lib/domain/rate.ts';
import { repayment } from '#lib/messages/agreement-repayment.ts';
import { type AgreementPen, agreementPen, currencyName } from '#lib/messages/agreement-pen.ts';
import { languageName } from '#lib/messages/language-name.ts';
import { languages } from '#lib/messages/languages.ts';
import { dayLong, instantText, listText, percentText, rateText } from '#lib/messages/plain-format.ts';

/**
 * The agreement with all of its contents [CBRC 2011 No. 2, Art. 70] in a language; the same facts give the same paper, word for
 * word. `bindingHash`, for a version that is not the binding one, names the binding version that goes with it (SHA-256, hex).
 */
export function agreementPaper(facts: AgreementFacts, locale: string, bindingHash?: string): Paper {
	const pen = agreementPen(facts, locale);
	const { say } = pen;
	return {
		format: 'paper-1',
		locale,
		title: say('title'),
		issuer: say('issuer', { bank: facts.bankName }),
		reference: facts.reference,
		blocks: [
			...parties(pen),
			...balance(pen),
			...repayment(pen),
			...costs(pen),
			{ kind: 'heading', text: say('promise') },
			{ kind: 'text', text: say('promise_text') },
			...duties(pen),
			...otherMatters(pen, bindingHash),
		],
	};
}

function parties({ facts, locale, say }: AgreementPen): PaperBlock[] {
	return [
		{ kind: 'text', text: say('intro') },
		{ kind: 'heading', text: say('parties') },
		{
			kind: 'facts',
			items: [
				{ term: say('bank'), value: facts.bankName },
				{ term: say('cardholder'), value: facts.cardholderName },
				{ term: say('card'), value: say('card_value', { last4: facts.cardLast4 }) },
				{ term: say('product'), value: textIn(facts.productNames, locale) ?? '' },
				{ term: say('agreement_number'), value: facts.reference },
				{ term: say('application_number'), value: facts.applicationReference },
				{ term: say('quote_number'), value: String(facts.quoteNumber) },
				{ term: say('offered_on'), value: dayLong(facts.offeredOn, locale) },
				{ term: say('sign_by'), value: instantText(facts.signBy, facts.timeZone, locale) },
				{ term: say('terms_hash'), value: facts.termsHash },
			],
		},
	];
}

function balance({ facts, locale, say, money }: AgreementPen): PaperBlock[] {
	const { owed, waived } = facts;
	const line = (term: string, amount: Minor) => ({ term, value: money(amount) });
	return [
		{ kind: 'heading', text: say('balance') },
		{
			kind: 'text',
			text: say('balance_text', {
				day: dayLong(facts.asOf, locale),
				total: money(owed.totalOutstanding),
				currency: currencyName(facts.currency, locale),
			}),
		},
		{
			kind: 'facts',
			items: [
				line(say('principal'), owed.principal),
				line(say('billed_interest'), owed.billedInterest),
				line(say('unbilled_interest'), owed.unbilledInterest),
				line(say('billed_fees'), owed.billedFees),
				line(say('unbilled_late_fees'), owed.unbilledLateFees),
				...(owed.credit > 0 ? [line(say('credit'), -owed.credit)] : []),
				line(say('outstanding'), owed.totalOutstanding),
				...(waived.lateFees > 0 ? [line(say('waived_fees'), -waived.lateFees)] : []),
				...(waived.interest > 0 ? [line(say('waived_interest'), -waived.interest)] : []),
				line(say('plan_principal'), facts.principal),
			],
		},
		{ kind: 'text', text: say('balance_stands') },
	];
}

function costs({ facts, locale, say, money }: AgreementPen): PaperBlock[] {
	const { waived, accrued, method, totalInterest } = facts;
	const amount = money(waived.lateFees + waived.interest);
	const rate = rateText(parseRate(facts.periodicRate) ?? { numerator: 0, denominator: 1 }, locale);
	const day = dayLong(facts.asOf, locale);
	const until = accrued ? dayLong(accrued.until, locale) : '';
	return [
		{ kind: 'heading', text: say('costs') },
		{
			kind: 'list',
			items: [
				totalInterest === 0
					? say('interest_none')
					: say(method === 'flatFee' ? 'interest_flat' : 'interest', { rate, total: money(totalInterest) }),
				say('annual_rates', {
					simple: percentText(facts.annualRateSimple, locale),
					effective: percentText(facts.annualRateEffective, locale),
				}),
				say('no_other_cost'),
				waived.lateFees + waived.interest === 0 ? say('no_waiver') : say(`waiver_${waived.at}`, { amount }),
				!accrued
					? say('accrual_waived', { day })
					: accrued.amount === 0
						? say('accrual_first_none', { day, until })
						: say('accrual_first', { day, until, amount: money(accrued.amount) }),
			],
		},
	];
}

function duties({ facts, say }: AgreementPen): PaperBlock[] {
	const { cureDays: days, bankPhone: phone, waived } = facts;
	const returns = waived.lateFees + waived.interest > 0 ? [say(`duty_lapse_${waived.at}`)] : [];
	return [
		{ kind: 'heading', text: say('duties') },
		{
			kind: 'list',
			items: [
				say('duty_early'),
				say('duty_notice'),
				say('duty_no_collection'),
				say('duty_missed', { days }),
				say('duty_lapse', { days }),
				...returns,
				say('duty_bank'),
				say('duty_record'),
				phone ? say('duty_complain', { phone }) : say('duty_complain_card'),
			],
		},
	];
}

function otherMatters({ facts, locale, say }: AgreementPen, bindingHash: string | undefined): PaperBlock[] {
	const all = languages();
	const binding = languageName(facts.bindingLocale, all, locale);
	const written = all.map((each) => languageName(each, all, locale));
	return [
		{ kind: 'heading', text: say('other') },
		{
			kind: 'list',
			items: [
				say('other_effect'),
				say('other_validity', { moment: instantText(facts.signBy, facts.timeZone, locale) }),
				say('other_language', { languages: listText(written, locale), binding }),
				...(bindingHash === undefined ? [] : [say('other_binding_hash', { binding, hash: bindingHash })]),
				say('other_data'),
				say('other_evidence'),
				say('other_change'),
				say('other_dispute'),
			],
		},
	];
}
