import { plainText } from '#lib/domain/plain-text.ts';

/** What a bank may set about passkeys. */
export interface PasskeyRules {
	/** How long a challenge may wait for its answer. */
	readonly challengeMinutes: number;
	/** How many passkeys one person may have. */
	readonly most: number;
}

/** The longest name of a passkey, in characters; the database says so too. */
export const LONGEST_PASSKEY_NAME = 60;

/** Reads the rules from stored JSON; what is left out is the default. Undefined where one makes no sense. */
export function readPasskeyRules(input: Readonly<Record<string, unknown>>): PasskeyRules | undefined {
	const { challengeMinutes = 5, most = 10 } = input;
	if (!isWithin(challengeMinutes, 1, 15) || !isWithin(most, 1, 50)) return undefined;
	return { challengeMinutes, most };
}

function isWithin(value: unknown, least: number, most: number): value is number {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;
}

/**
 * The name under which authenticators know the site: the host of its origin. Undefined where browsers take none (WebAuthn,
 * "relying party identifier"): for an address in figures, and without https anywhere but on `localhost`.
 */
export function relyingPartyId(origin: string): string | undefined {
	const { protocol, hostname } = new URL(origin);
	const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
	if (protocol !== 'https:' && !isLocal) return undefined;
	return /^[\d.]+$/.test(hostname) || hostname.startsWith('[') ? undefined : hostname;
}

/** Why a challenge takes no answer any more; undefined where it does. Each takes one answer, right or wrong. */
export function refusesAnswer(
	challenge: { readonly expiresAt: Date; readonly usedAt: Date | null },
	at: Date,
): 'challenge_used' | 'challenge_over' | undefined {
	if (challenge.usedAt !== null) return 'challenge_used';
	return challenge.expiresAt <= at ? 'challenge_over' : undefined;
}

/**
 * Whether an authenticator's count of its uses did not go up, as a copy's would not. Authenticators that count nothing, as
 * those which keep their passkeys in step over several devices, always tell nought.
 */
export function counterWentBack(kept: number, told: number): boolean {
	return (kept > 0 || told > 0) && told <= kept;
}

/** A passkey's name as it is kept, on one line; undefined where it is empty or too long. */
export function passkeyName(typed: string): string | undefined {
	const name = plainText(typed).replaceAll(/\s+/g, ' ');
	const length = [...name].length;
	return length >= 1 && length <= LONGEST_PASSKEY_NAME ? name : undefined;
}

/** What kind of device a browser says it runs on, for naming a new passkey. */
export type DeviceKind = 'iphone' | 'ipad' | 'android' | 'mac' | 'windows' | 'other';

/** Guesses the device from the browser's own description; a wrong guess costs nothing, the name can be changed. */
export function deviceOf(userAgent: string): DeviceKind {
	const found = DEVICES.find(([, pattern]) => pattern.test(userAgent));
	return found?.[0] ?? 'other';
}

const DEVICES: readonly (readonly [DeviceKind, RegExp])[] = [
	['iphone', /\biPhone\b/],
	['ipad', /\biPad\b/],
	['android', /\bAndroid\b|\bHarmonyOS\b/],
	['mac', /\bMacintosh\b/],
	['windows', /\bWindows\b/],
];
