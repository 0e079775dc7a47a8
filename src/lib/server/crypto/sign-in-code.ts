import { createHmac } from 'node:crypto';
import { deriveKey } from '#lib/server/crypto/derive-key.ts';

/** What a code is made of; `sends` numbers the message that carries it, so that each sending has a code of its own. */
export interface CodeSource {
	readonly challengeId: string;
	readonly seed: Uint8Array;
	readonly sends: number;
}

/** The six-digit code of a challenge's latest sending, derived with the secret key: no code stands in the database. */
export function signInCode({ challengeId, seed, sends }: CodeSource): string {
	const mac = createHmac('sha256', deriveKey('sign-in-code'))
		.update(seed)
		.update(`:${challengeId}:${String(sends)}`)
		.digest();
	// 48 bits over a million codes: no code is likelier than another by more than 4 in 10^9.
	return String(mac.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
}
