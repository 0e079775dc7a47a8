import type { Generated, GeneratedAlways } from 'kysely';
import type { Status } from '#lib/domain/application/status.ts';
import type { Day } from '#lib/domain/day.ts';
import type { At, Json } from '#lib/server/db/tables/column.ts';

/** Products, applications with their quotes and evidence. */
export interface ApplicationTables {
	product: {
		code: string;
		version: number;
		terms: Json<object>;
		published_at: At;
		retired_at: Date | null;
	};
	application: {
		id: Generated<string>;
		reference: Generated<string>;
		account_id: string;
		cardholder_id: string;
		status: Generated<Status>;
		version: Generated<number>;
		locale: string;
		reason: string | null;
		circumstances: Generated<string>;
		budget: Json<object | null>;
		quote_id: string | null;
		/** The person asks the bank for an offer, because no plan fits. */
		wants_offer: Generated<boolean>;
		/** The application that was taken back so that this could be changed and sent again. */
		revises_id: string | null;
		sensitive_consent_at: Date | null;
		consented_at: Date | null;
		created_at: At;
		updated_at: At;
		submitted_at: Date | null;
		decided_at: Date | null;
		withdrawn_at: Date | null;
	};
	quote: {
		id: Generated<string>;
		number: GeneratedAlways<number>;
		application_id: string;
		account_id: string;
		product_code: string;
		product_version: number;
		as_of: Day;
		posting_mark: number;
		terms: Json<object>;
		terms_hash: Buffer;
		created_at: At;
		expires_at: Date;
	};
	evidence: {
		id: Generated<string>;
		application_id: string;
		cardholder_id: string;
		kind: string;
		file_name: string;
		content_type: 'image/jpeg' | 'image/png' | 'application/pdf';
		byte_size: number;
		sha256: Buffer;
		storage_key: string;
		thumbnail_key: string | null;
		evidence_key_id: string | null;
		page_count: Generated<number>;
		received_at: At;
		removed_at: Date | null;
	};
	evidence_key: {
		id: string;
		application_id: string;
		wrapped: Buffer;
		created_at: At;
		retired_at: Date | null;
	};
}
