import { timingSafeEqual } from 'node:crypto';
import { sha256 } from '#lib/server/crypto/sha256.ts';

/** Whether two secrets are equal, in a time that tells nothing of where or whether they differ, nor of their lengths. */
export function sameSecret(a: string | Uint8Array, b: string | Uint8Array): boolean {
	return timingSafeEqual(sha256(a), sha256(b));
}
