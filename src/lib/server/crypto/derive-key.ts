import { hkdfSync } from 'node:crypto';
import { env } from '#lib/server/env.ts';

/** What a key is for; each purpose has its own, so that no use can be turned against another. */
export type KeyPurpose =
	| 'access-link'
	| 'sign-in-code'
	| 'confirmation-code'
	| 'agreement-seal'
	| 'audit-seal'
	| 'totp'
	| 'evidence'
	| 'calendar'
	| 'capture'
	| 'device-mark'
	| 'kept-form'
	| 'rate-limit'
	| 'screen-code'
	| 'push'
	| 'metrics';

const derived = new Map<string, Buffer>();

/**
 * The 32-byte key for one purpose, by HKDF-SHA256 from SECRET_KEY: the same in every process that has the same secret.
 * Throws where SECRET_KEY is missing, since a key from nothing would protect nothing.
 */
export function deriveKey(purpose: KeyPurpose): Buffer {
	const secret = env().secretKey;
	if (secret.length < 32) throw new Error('SECRET_KEY is not set');
	const name = `${purpose}\n${secret}`;
	const known = derived.get(name);
	if (known) return known;
	const key = Buffer.from(hkdfSync('sha256', secret, 'repayment-portal', purpose, 32));
	derived.set(name, key);
	return key;
}
