/** What an SMS or push must not hold (domain.md, "Contact rules"). */
export type ContentProblem = 'name' | 'amount' | 'card_number' | 'debt_word';

/** What is known of the recipient, so that it can be looked for. */
export interface Recipient {
	readonly name: string;
	readonly cardLastFour?: string | undefined;
}

/** Words that tell a stranger who reads the lock screen why the bank writes, in either language. */
const DEBT_WORDS =
	/欠|债|债务|逾期|催收|违约|\b(?:debts?|debtors?|indebted|owe[ds]?|owing|overdue|past[ -]due|arrears|delinquen\w*|collections?)\b/i;

const AMOUNTS = [
	/[¥$€£]\s*\d/,
	/(?:\bCNY|\bRMB|人民币)\s*\d/i,
	/\d\s*(?:元|圆|块|万|yuan|CNY|RMB)/i,
	/\d{1,3}(?:,\d{3})+/,
	/\d\.\d{2}(?![\d.])/,
];

/** A link's address is no words: its token may spell anything. Its readable parts are looked at. */
const TOKEN = /[\w-]{20,}/g;

/**
 * Every reason why a text must not go out; an empty list where it may. It is asked of every template in the tests, and of
 * every message at hand-over, when the recipient is known.
 */
export function contentProblems(text: string, recipient?: Recipient): readonly ContentProblem[] {
	const plain = text.normalize('NFKC');
	const words = plain.replace(TOKEN, ' ');
	const spoken = plain.replace(/https?:\/\/\S+/gi, ' ');
	const problems: ContentProblem[] = [];
	if (recipient && holdsName(words, recipient.name)) problems.push('name');
	if (AMOUNTS.some((amount) => amount.test(spoken))) problems.push('amount');
	if (holdsCardNumber(spoken, recipient?.cardLastFour)) problems.push('card_number');
	if (DEBT_WORDS.test(words)) problems.push('debt_word');
	return problems;
}

/**
 * The whole name, or the given name of a Chinese one. The parts of other names are not looked for: "May" and "Will" are
 * words as well, and a message held back by mistake is lost.
 */
function holdsName(text: string, name: string): boolean {
	const whole = name.normalize('NFKC').trim();
	if (whole === '') return false;
	if (text.toLowerCase().includes(whole.toLowerCase())) return true;
	const given = /^\p{Script=Han}{3,4}$/u.test(whole) ? [...whole].slice(-2).join('') : undefined;
	return given !== undefined && text.includes(given);
}

/** A whole card number, a masked one, or the recipient's own last four where they are no part of a date or a phone number. */
function holdsCardNumber(text: string, lastFour: string | undefined): boolean {
	if (/\d(?:[ -]?\d){14,18}/.test(text)) return true;
	if (/(?:尾号|末四位|ending(?: in)?|[*•·]{2,}|x{4,})\s*(?:为|是|:)?\s*\d{4}/i.test(text)) return true;
	return lastFour !== undefined && new RegExp(`(?<![\\d-])${lastFour}(?![\\d年/-])`).test(text);
}
