import { randomBytes } from 'node:crypto';

/** A fresh secret for an address or a cookie: so many random bytes (at least 16) as base64url, without padding. */
export function randomToken(bytes = 32): string {
	if (bytes < 16) throw new RangeError('a token needs 16 random bytes at least');
	return randomBytes(bytes).toString('base64url');
}

/** A fresh 16-byte seed, from which a token or a code is derived together with the secret key. */
export function randomSeed(): Buffer {
	return randomBytes(16);
}
