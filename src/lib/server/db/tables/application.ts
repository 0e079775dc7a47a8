import type { Generated, GeneratedAlways } from 'kysely';
import type { DraftFields, DraftForm } from '#lib/domain/application/form-draft.ts';
import type { Status } from '#lib/domain/application/status.ts';
import type { Day } from '#lib/domain/day.ts';
import type { At, Json } from '#lib/server/db/tables/column.ts';

/** What a page can be by its content; once it is ready, an image is JPEG or PNG. */
export type EvidenceType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/heic' | 'application/pdf';

export type EvidenceState = 'received' | 'ready' | 'refused';

/** Why a page is not kept any more. */
export type EvidenceRemoval = 'by_cardholder' | 'replaced' | 'consent_withdrawn' | 'draft_expired' | 'retention';

/** Products, applications with their quotes and evidence. */
export interface ApplicationTables {
	product: {
		code: string;
		version: number;
		terms: Json<object>;
		published_at: At;
		retired_at: Date | null;
	};
	/** Names that were added to a published version, which itself stays as it is; only migrations write them. */
	product_name: {
		code: string;
		version: number;
		language: string;
		name: string;
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
		/** When what stands in the situation was typed, by the server's clock; null before it was kept so. */
		situation_typed_at: Date | null;
	};
	/** What was written into a form and not sent. */
	form_draft: {
		cardholder_id: string;
		account_id: string;
		form: DraftForm;
		application_id: string;
		/** What the form is about: the application, a request for more, an offer. */
		subject_id: string;
		fields: Json<DraftFields>;
		typed_at: Date;
		saved_at: Date;
	};
	/** What was typed without a network and has arrived. */
	offline_sending: { cardholder_id: string; id: string; taken_at: Date };
	/** Every legal move of an application; the database makes no other. */
	application_move: { from_status: Status; to_status: Status };
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
		content_type: EvidenceType;
		byte_size: number;
		/** Of what is kept; null until the page is ready. */
		sha256: Buffer | null;
		storage_key: string | null;
		thumbnail_key: string | null;
		evidence_key_id: string | null;
		page_count: Generated<number>;
		received_at: At;
		removed_at: Date | null;
		/** Received: kept, and not looked at yet. Ready: decoded and written anew. Refused: why stands in `refusal`. */
		state: Generated<EvidenceState>;
		refusal: string | null;
		prepared_at: Date | null;
		/** Its place among the application's pages. */
		position: Generated<number>;
		/** Quarter turns to the right in which it is shown. */
		turns: Generated<number>;
		removal: EvidenceRemoval | null;
	};
	/** A page on its way: what of it has arrived, and the page that it became. */
	evidence_upload: {
		id: Generated<string>;
		application_id: string;
		cardholder_id: string;
		/** Made by the sender when the file was chosen: the same file asked for again is the same upload. */
		client_id: string;
		kind: string;
		file_name: string;
		byte_size: number;
		received: Generated<number>;
		/** What the first bytes say it is; null before they have come. */
		content_type: EvidenceType | null;
		replaces_id: string | null;
		consented: Generated<boolean>;
		evidence_id: string | null;
		created_at: At;
		touched_at: At;
	};
	/** Bytes of an upload, encrypted, until the page is ready. */
	evidence_piece: {
		upload_id: string;
		start: number;
		byte_size: number;
		storage_key: string;
		evidence_key_id: string;
	};
	/** What an agent found on a page; the latest word stands, each stands in the audit log. */
	evidence_check: {
		evidence_id: string;
		application_id: string;
		staff_id: string;
		verdict: 'accepted' | 'again';
		reason: string | null;
		words: Generated<string>;
		at: At;
	};
	/** The page that shows a line of the budget, as an agent has marked it; `page` counts from nought. */
	evidence_pin: {
		application_id: string;
		line: string;
		evidence_id: string;
		page: Generated<number>;
		staff_id: string;
		at: At;
	};
	evidence_key: {
		id: string;
		application_id: string;
		wrapped: Buffer;
		created_at: At;
		retired_at: Date | null;
	};
}
