import { createHmac } from 'node:crypto';
import { deriveKey } from '#lib/server/crypto/derive-key.ts';

/**
 * The six-digit code of a confirmation's latest sending, derived with the secret key from its seed and from what it
 * confirms: no code stands in the database, and a code for one text fits no other.
 */
export function confirmationCode(source: {
	readonly confirmationId: string;
	readonly seed: Uint8Array;
	readonly subjectHash: Uint8Array;
	readonly sends: number;
}): string {
	const mac = createHmac('sha256', deriveKey('confirmation-code'))
		.update(source.seed)
		.update(source.subjectHash)
		.update(`:${source.confirmationId}:${String(source.sends)}`)
		.digest();
	return String(mac.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
}
