import { createHmac } from 'node:crypto';
import { deriveKey } from '#lib/server/crypto/derive-key.ts';

/**
 * The hash of one link of the audit chain: over the link before it, its number, and the ids and hashes of its rows. It is keyed,
 * so that whoever can write to the database and does not hold the secret cannot make a chain of their own.
 */
export function sealHash(link: {
	readonly previous: Uint8Array;
	readonly number: number;
	readonly auditIds: readonly number[];
	readonly rowHashes: readonly Uint8Array[];
}): Buffer {
	const mac = createHmac('sha256', deriveKey('audit-seal'));
	mac.update(link.previous);
	mac.update(`:${String(link.number)}:${link.auditIds.join(',')}:`);
	for (const hash of link.rowHashes) mac.update(hash);
	return mac.digest();
}
