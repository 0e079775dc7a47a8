import { createHmac } from 'node:crypto';
import { deriveKey } from '#lib/server/crypto/derive-key.ts';

/**
 * By what a device knows that it is still the same person's: what one wrote without a network is sent in nobody else's name. The
 * same at each visit, and says of the person nothing.
 */
export function deviceMark(cardholderId: string): string {
	return createHmac('sha256', deriveKey('device-mark')).update(cardholderId).digest('base64url').slice(0, 22);
}
