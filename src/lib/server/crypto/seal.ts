import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deriveKey, type KeyPurpose } from '#lib/server/crypto/derive-key.ts';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/**
 * Encrypts with AES-256-GCM under the purpose's key: one byte of version, the nonce, the tag, the ciphertext.
 * `context` names where the secret belongs (such as a row's id); what is sealed for one place does not open at another.
 */
export function seal(purpose: KeyPurpose, plain: string | Uint8Array, context = ''): Buffer {
	const nonce = randomBytes(NONCE_BYTES);
	const cipher = createCipheriv('aes-256-gcm', deriveKey(purpose), nonce).setAAD(Buffer.from(context));
	const bytes = typeof plain === 'string' ? Buffer.from(plain) : plain;
	const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
	return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
}

/** The plain bytes of what `seal` made with the same purpose and context. Throws where anything of it was changed. */
export function open(purpose: KeyPurpose, sealed: Uint8Array, context = ''): Buffer {
	const bytes = Buffer.from(sealed);
	if (bytes[0] !== VERSION || bytes.length < HEAD_BYTES) throw new Error('not sealed by this portal');
	const decipher = createDecipheriv('aes-256-gcm', deriveKey(purpose), bytes.subarray(1, 1 + NONCE_BYTES), {
		authTagLength: TAG_BYTES,
	});
	decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(1 + NONCE_BYTES, HEAD_BYTES));
	return Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES)), decipher.final()]);
}

/** The text that was sealed. Throws where anything of it was changed. */
export function openText(purpose: KeyPurpose, sealed: Uint8Array, context = ''): string {
	return open(purpose, sealed, context).toString('utf8');
}
