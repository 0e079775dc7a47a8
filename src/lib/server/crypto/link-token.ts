import { createHmac } from 'node:crypto';
import { deriveKey } from '#lib/server/crypto/derive-key.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';

/**
 * An access link's token: 128 bits as 22 characters of base64url, derived from the link's seed and the secret key.
 * It stands in no row and no job; whoever holds the row and the secret (the message's job, the command) makes it again.
 */
export function linkToken(seed: Uint8Array): string {
	return createHmac('sha256', deriveKey('access-link')).update(seed).digest().subarray(0, 16).toString('base64url');
}

/** What the database keeps of a token, and finds a link by. */
export function linkTokenHash(token: string): Buffer {
	return sha256(token);
}
