import { createHmac } from 'node:crypto';
import { deriveKey } from '#lib/server/crypto/derive-key.ts';

/**
 * The key under which a browser keeps what was chosen for an application and not received yet: 32 bytes in base64url, the same
 * at each visit. The device never stores it, so that only who is signed in can read what lies there.
 */
export function captureKey(applicationId: string): string {
	return createHmac('sha256', deriveKey('capture')).update(applicationId).digest('base64url');
}
