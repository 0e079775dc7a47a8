import type { CompletionFacts, LapseFacts, LetterFacts } from '#lib/domain/agreement/letter-facts.ts';
import type { Paper, PaperBlock } from '#lib/domain/agreement/paper.ts';
import type { Minor } from '#lib/domain/money.ts';
import { paperWords, type PaperWord } from '#lib/messages/paper-words.ts';
import { amountText, dayLong } from '#lib/messages/plain-format.ts';

/** The letter for a plan that was completed; the same facts give the same letter, word for word. */
export function completionLetter(facts: CompletionFacts, locale: string): Paper {
	const say = paperWords(locale);
	const day = dayLong(facts.on, locale);
	const { reference, cardLast4: last4, waived } = facts;
	const money = (amount: Minor) => amountText(amount, facts.currency, locale);
	const lines: [PaperWord, Minor][] = [
		['letter_restructured', facts.principal],
		['letter_paid', facts.paid],
		['letter_spared', facts.spared],
		['letter_waived_fees', waived.lateFees],
		['letter_waived_interest', waived.interest],
	];
	return letter(facts, locale, 'letter_completion_title', [
		{ kind: 'text', text: say('letter_completion_text', { reference, last4, day }) },
		...(facts.isEarly ? [text(say('letter_completion_early'))] : []),
		{
			kind: 'facts',
			items: [
				{ term: say('letter_signed_on'), value: dayLong(facts.signedOn, locale) },
				{ term: say('letter_ended_on'), value: day },
				...lines
					.filter(([, amount]) => amount > 0)
					.map(([word, amount]) => ({ term: say(word), value: money(amount) })),
			],
		},
		...(waived.lateFees + waived.interest > 0 ? [text(say('letter_completion_waivers'))] : []),
		text(say('letter_completion_promise')),
	]);
}

/** The notice of a plan that has lapsed, with every line of what is due. */
export function lapseNotice(facts: LapseFacts, locale: string): Paper {
	const say = paperWords(locale);
	const { reference, cardLast4: last4, balance, cureDays: days, instalment: number } = facts;
	const on = { day: dayLong(balance.on, locale), due: dayLong(facts.dueOn, locale) };
	const money = (amount: Minor) => amountText(amount, facts.currency, locale);
	const lines: [PaperWord, Minor][] = [
		['letter_principal', balance.principal],
		['letter_interest_due', balance.interestDue],
		['letter_interest_running', balance.interestRunning],
		['letter_fees_returned', balance.lateFeesReturned],
		['letter_interest_returned', balance.interestReturned],
	];
	const rows = lines.filter(([, amount]) => amount > 0).map(([word, amount]) => [say(word), money(amount)]);
	return letter(facts, locale, 'letter_lapse_title', [
		{ kind: 'text', text: say('letter_lapse_text', { reference, last4, number, days, ...on }) },
		{ kind: 'text', text: say('letter_lapse_balance') },
		{
			kind: 'table',
			head: [say('letter_line'), say('letter_amount')],
			rows: [...rows, [say('letter_total'), money(balance.total)]],
			wordColumns: 1,
		},
		{ kind: 'facts', items: [{ term: say('letter_paid'), value: money(facts.paid) }] },
		{ kind: 'text', text: say('letter_lapse_kept') },
		{ kind: 'text', text: say('letter_lapse_next') },
	]);
}

function letter(facts: LetterFacts, locale: string, title: PaperWord, blocks: readonly PaperBlock[]): Paper {
	const say = paperWords(locale);
	const phone = facts.bankPhone;
	return {
		format: 'paper-1',
		locale,
		title: say(title),
		issuer: say('issuer', { bank: facts.bankName }),
		reference: facts.reference,
		blocks: [
			text(say('letter_dear', { name: facts.cardholderName })),
			...blocks,
			text(phone ? say('letter_questions', { phone }) : say('letter_questions_card')),
		],
	};
}

function text(words: string): PaperBlock {
	return { kind: 'text', text: words };
}
