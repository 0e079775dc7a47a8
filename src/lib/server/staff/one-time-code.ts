import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as every authenticator app knows it: SHA-1, six digits, 30 seconds. */
const STEP_SECONDS = 30;

/** A random secret of 160 bits in base32, as authenticator apps take it. */
export function newTotpSecret(): string {
	return new Secret({ size: 20 }).base32;
}

/** The address that an authenticator app reads from a QR code. */
export function otpauthAddress({ secret, login, issuer }: { secret: string; login: string; issuer: string }): string {
	return totpOf(secret, { label: login, issuer }).toString();
}

/**
 * The time step whose code this is: the present one, the one before or the one after, so that a slow hand and a clock a
 * little off still pass. Undefined where it is none of them.
 */
export function stepOfCode(secret: string, code: string, at: Date): number | undefined {
	const token = code.normalize('NFKC').replaceAll(/\s/g, '');
	if (!/^\d{6}$/.test(token)) return undefined;
	const delta = totpOf(secret).validate({ token, timestamp: at.getTime(), window: 1 });
	return delta === null ? undefined : stepAt(at) + delta;
}

/** The number of whole steps since 1970. */
export function stepAt(at: Date): number {
	return Math.floor(at.getTime() / 1000 / STEP_SECONDS);
}

/** The code of a time step. */
export function codeOfStep(secret: string, step: number): string {
	return totpOf(secret).generate({ timestamp: step * STEP_SECONDS * 1000 });
}

function totpOf(secret: string, names: { label?: string; issuer?: string } = {}): TOTP {
	return new TOTP({ ...names, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: STEP_SECONDS });
}
