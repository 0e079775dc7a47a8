import { createHmac } from 'node:crypto';
import { deriveKey } from '#lib/server/crypto/derive-key.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';

/** The secret in a calendar feed's address: 128 bits as 22 characters of base64url, from the agreement's seed and the secret key. */
export function calendarToken(seed: Uint8Array): string {
	return createHmac('sha256', deriveKey('calendar')).update(seed).digest().subarray(0, 16).toString('base64url');
}

/** What the database keeps of the token, and finds a feed by. */
export function calendarTokenHash(token: string): Buffer {
	return sha256(token);
}
