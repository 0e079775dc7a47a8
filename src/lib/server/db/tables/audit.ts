import type { Generated } from 'kysely';

/** The hash chain over the audit log. */
export interface AuditTables {
	/** Rows of the audit log that no seal holds yet. */
	audit_unsealed: { audit_id: number };
	audit_seal: {
		number: number;
		audit_ids: number[];
		/** SHA-256 of each row, in the order of the ids. */
		row_hashes: Buffer[];
		/** HMAC over the seal before it, its own number, its ids and its rows' hashes. */
		hash: Buffer;
		sealed_at: Date;
	};
	audit_head: { is_head: Generated<boolean>; number: number; hash: Buffer };
}
