import { CODE_RULES, type CodeRules } from '#lib/domain/access/code.ts';
import { SUPPORT_RESENDS_PER_DAY } from '#lib/domain/access/limits.ts';
import { LINK_HOURS } from '#lib/domain/access/link.ts';
import type { Throttle } from '#lib/domain/access/throttle.ts';

/** Everything about links and codes that a bank may set. */
export interface AccessRules {
	readonly linkHours: number;
	readonly resendsPerDay: number;
	readonly code: CodeRules;
	/** Codes sent, and codes compared, for one link or one pair of numbers, however many challenges are begun. */
	readonly sendsPerTarget: Throttle;
	readonly triesPerTarget: Throttle;
	/** Codes asked for, and wrong ones tried, from one address: an office or a café shares one. */
	readonly asksPerAddress: Throttle;
	readonly failuresPerAddress: Throttle;
}

/**
 * Reads the rules from stored JSON; what is left out is the default. Undefined where one makes no sense. The tries are no
 * setting: five is what the database enforces as well.
 */
export function readAccessRules(input: Readonly<Record<string, unknown>>): AccessRules | undefined {
	const whole = (name: string, otherwise: number) => wholeOf(input[name], otherwise);
	const linkHours = whole('linkHours', LINK_HOURS);
	const resendsPerDay = whole('resendsPerDay', SUPPORT_RESENDS_PER_DAY);
	const minutes = whole('codeMinutes', CODE_RULES.minutes);
	const sends = whole('codeSends', CODE_RULES.sends);
	const cooldownSeconds = whole('codeCooldownSeconds', CODE_RULES.cooldownSeconds);
	const asksPerAddress = throttleOf(input['asksPerAddress'], { most: 120, minutes: 10 });
	const failuresPerAddress = throttleOf(input['failuresPerAddress'], { most: 200, minutes: 10 });
	if (linkHours === undefined || resendsPerDay === undefined || minutes === undefined) return undefined;
	if (sends === undefined || cooldownSeconds === undefined) return undefined;
	if (!asksPerAddress || !failuresPerAddress) return undefined;
	return {
		linkHours,
		resendsPerDay,
		code: { ...CODE_RULES, minutes, sends, cooldownSeconds },
		sendsPerTarget: { most: sends, minutes },
		triesPerTarget: { most: CODE_RULES.tries, minutes },
		asksPerAddress,
		failuresPerAddress,
	};
}

function wholeOf(value: unknown, otherwise: number): number | undefined {
	const given = value ?? otherwise;
	return typeof given === 'number' && Number.isSafeInteger(given) && given >= 0 ? given : undefined;
}

function throttleOf(value: unknown, otherwise: Throttle): Throttle | undefined {
	if (value === undefined) return otherwise;
	const { most, minutes } = value as Partial<Record<keyof Throttle, unknown>>;
	const given = { most: wholeOf(most, otherwise.most), minutes: wholeOf(minutes, otherwise.minutes) };
	return given.most === undefined || given.minutes === undefined
		? undefined
		: { most: given.most, minutes: given.minutes };
}
