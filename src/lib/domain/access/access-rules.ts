import { CODE_RULES, type CodeRules } from '#lib/domain/access/code.ts';
import { SUPPORT_RESEND_COOLDOWN_MINUTES, SUPPORT_RESENDS_PER_DAY } from '#lib/domain/access/limits.ts';
import { LINK_HOURS } from '#lib/domain/access/link.ts';
import type { Throttle } from '#lib/domain/access/throttle.ts';

/** Everything about links and codes that a bank may set. */
export interface AccessRules {
	readonly linkHours: number;
	readonly resendsPerDay: number;
	readonly resendCooldownMinutes: number;
	readonly code: CodeRules;
	/** Codes sent, and codes compared, for one link or one pair of numbers, however many challenges are begun. */
	readonly sendsPerTarget: Throttle;
	readonly triesPerTarget: Throttle;
	/** Codes sent to one number without a link, whichever of its owner's cards was typed. */
	readonly sendsPerNumber: Throttle;
	/** Codes asked for, and wrong ones tried, from one address: an office, a café or a whole mobile network shares one. */
	readonly asksPerAddress: Throttle;
	readonly failuresPerAddress: Throttle;
	/** Codes sent, and wrong ones tried, over everybody: far above any real rush, so that it stops a flood and nobody else. */
	readonly sendsInAll: Throttle;
	readonly failuresInAll: Throttle;
}

/**
 * Reads the rules from stored JSON; what is left out is the default. Undefined where one makes no sense. The tries are no
 * setting: five is what the database enforces as well.
 */
export function readAccessRules(input: Readonly<Record<string, unknown>>): AccessRules | undefined {
	const whole = (name: string, otherwise: number) => wholeOf(input[name], otherwise);
	const linkHours = whole('linkHours', LINK_HOURS);
	const resendsPerDay = whole('resendsPerDay', SUPPORT_RESENDS_PER_DAY);
	const resendCooldownMinutes = whole('resendCooldownMinutes', SUPPORT_RESEND_COOLDOWN_MINUTES);
	const minutes = whole('codeMinutes', CODE_RULES.minutes);
	const sends = whole('codeSends', CODE_RULES.sends);
	const cooldownSeconds = whole('codeCooldownSeconds', CODE_RULES.cooldownSeconds);
	const throttles = readThrottles(input);
	if (linkHours === undefined || resendsPerDay === undefined || minutes === undefined) return undefined;
	if (resendCooldownMinutes === undefined) return undefined;
	if (sends === undefined || cooldownSeconds === undefined) return undefined;
	if (!throttles) return undefined;
	return {
		linkHours,
		resendsPerDay,
		resendCooldownMinutes,
		code: { ...CODE_RULES, minutes, sends, cooldownSeconds },
		sendsPerTarget: { most: sends, minutes },
		triesPerTarget: { most: CODE_RULES.tries, minutes },
		...throttles,
	};
}

const THROTTLES = {
	sendsPerNumber: { most: 9, minutes: 60 },
	asksPerAddress: { most: 600, minutes: 10 },
	failuresPerAddress: { most: 200, minutes: 10 },
	sendsInAll: { most: 20_000, minutes: 10 },
	failuresInAll: { most: 10_000, minutes: 10 },
} as const satisfies Readonly<Record<string, Throttle>>;

type ThrottleName = keyof typeof THROTTLES;

function readThrottles(input: Readonly<Record<string, unknown>>): Record<ThrottleName, Throttle> | undefined {
	const read: Partial<Record<ThrottleName, Throttle>> = {};
	for (const name of Object.keys(THROTTLES) as ThrottleName[]) {
		const throttle = throttleOf(input[name], THROTTLES[name]);
		if (!throttle) return undefined;
		read[name] = throttle;
	}
	return read as Record<ThrottleName, Throttle>;
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
