import { open, seal } from '#lib/server/crypto/seal.ts';

/** Seals a base32 secret for one member of staff: it opens for nobody else's row. */
export function sealTotpSecret(staffId: string, secret: string): Buffer {
	return seal('totp', Buffer.from(secret), staffId);
}

/** The base32 secret that was sealed for this member of staff. */
export function openTotpSecret(staffId: string, sealed: Uint8Array): string {
	return open('totp', sealed, staffId).toString();
}
