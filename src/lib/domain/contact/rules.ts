/**
 * When and how often messages that we start may reach a person; versioned data, for every market sets its own. Times are
 * "HH:MM" of the recipient's zone, `from` included and `to` not; `timeZone` is the bank's, where none is known.
 */
export interface ContactRules {
	readonly from: string;
	readonly to: string;
	readonly dailyCap: number;
	readonly timeZone: string;
}

/** Mainland China: 08:00–22:00, three a day over all channels [GB/T 45251-2025]. */
export const DEFAULT_CONTACT_RULES: ContactRules = {
	from: '08:00',
	to: '22:00',
	dailyCap: 3,
	timeZone: 'Asia/Shanghai',
};

/** Reads rules from stored JSON; what is left out is the default. Undefined where a window or a cap makes no sense. */
export function readContactRules(input: Readonly<Record<string, unknown>>, timeZone: string): ContactRules | undefined {
	const { from, to, dailyCap } = { ...DEFAULT_CONTACT_RULES, ...input };
	if (!isTime(from) || !isTime(to) || from >= to) return undefined;
	if (!Number.isSafeInteger(dailyCap) || dailyCap < 0) return undefined;
	return { from, to, dailyCap, timeZone };
}

/** Whether a text is a time of day "HH:MM"; "24:00" is the end of a day. */
function isTime(text: unknown): boolean {
	return typeof text === 'string' && (/^([01]\d|2[0-3]):[0-5]\d$/.test(text) || text === '24:00');
}

/**
 * Whether one more message may go out today, after so many that we started over all channels. What the person has just
 * asked for (a code, a link resent while they wait) is neither counted nor held back.
 */
export function withinDailyCap(startedToday: number, rules: ContactRules): boolean {
	return startedToday < rules.dailyCap;
}
