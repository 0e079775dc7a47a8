import { createHash } from 'node:crypto';

/** The 32 bytes of the SHA-256 of a text (as UTF-8) or of bytes. */
export function sha256(data: string | Uint8Array): Buffer {
	return createHash('sha256').update(data).digest();
}

/** The SHA-256 as 64 lower-case hex digits. */
export function sha256Hex(data: string | Uint8Array): string {
	return sha256(data).toString('hex');
}
