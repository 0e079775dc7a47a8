import type { Generated, GeneratedAlways } from 'kysely';
import type { AgreementStatus } from '#lib/domain/agreement/agreement-status.ts';
import type { Day } from '#lib/domain/day.ts';
import type { At, Json } from '#lib/server/db/tables/column.ts';

/** Agreements with their documents, signatures, instalments and events; codes that confirm; counter-offers. */
export interface AgreementTables {
	confirmation: {
		id: Generated<string>;
		cardholder_id: string;
		account_id: string;
		purpose: 'sign_agreement' | 'accept_counter_offer';
		/** The agreement, or the counter-offer. */
		subject_id: string;
		/** What is agreed to: a code is good for that and for nothing else. */
		subject_hash: Buffer;
		code_seed: Buffer;
		sends: Generated<number>;
		last_sent_at: Date | null;
		tries: Generated<number>;
		created_at: At;
		expires_at: Date;
		used_at: Date | null;
		closed_at: Date | null;
	};
	counter_offer: {
		id: Generated<string>;
		application_id: string;
		decision_id: string;
		quote_id: string;
		offered_at: Date;
		expires_at: Date;
		answer: 'accepted' | 'declined' | 'lapsed' | null;
		answer_words: Generated<string>;
		answered_at: Date | null;
		confirmation_id: string | null;
	};
	agreement: {
		id: Generated<string>;
		reference: Generated<string>;
		application_id: string;
		account_id: string;
		cardholder_id: string;
		quote_id: string;
		status: Generated<AgreementStatus>;
		offered_at: Date;
		sign_by: Date;
		signed_at: Date | null;
		ended_at: Date | null;
		/** From which the address of the calendar feed is derived; null until there is one. */
		calendar_seed: Buffer | null;
		calendar_token_hash: Buffer | null;
		/** When those who keep plans last looked at it: the business day, and the instant. */
		looked_on: Generated<Day>;
		looked_at: Generated<Date>;
	};
	agreement_document: {
		id: Generated<string>;
		agreement_id: string;
		kind: 'agreement' | 'completion_letter' | 'lapse_notice';
		locale: string;
		drawn_on: Day;
		/** The paper, word for word, as page and PDF show it. */
		content: Json<object>;
		content_hash: Buffer;
		pdf: Buffer;
		pdf_sha256: Buffer;
		created_at: At;
	};
	agreement_signature: {
		agreement_id: string;
		document_id: string;
		confirmation_id: string;
		consents: Json<object>;
		ip: string;
		signed_at: Date;
		/** HMAC over all of it under a key of ours. */
		seal: Buffer;
	};
	agreement_instalment: {
		agreement_id: string;
		number: number;
		due_on: Day;
		principal: number;
		interest: number;
		/** What accrued between quote and signing, where the product lets it join the first instalment. */
		accrued: Generated<number>;
		total: number;
	};
	agreement_event: {
		id: GeneratedAlways<number>;
		agreement_id: string;
		kind:
			| 'offered'
			| 'refused'
			| 'expired'
			| 'signed'
			| 'due_notice'
			| 'missed'
			| 'cured'
			| 'lapsed'
			| 'completed'
			| 'settled_early';
		instalment: number | null;
		occurred_on: Day;
		detail: Json<object>;
		at: Date;
	};
	product_proposal: {
		id: Generated<string>;
		code: string;
		change: 'publish' | 'retire';
		base_version: number | null;
		terms: Json<object>;
		note: Generated<string>;
		status: Generated<'proposed' | 'published' | 'rejected' | 'withdrawn'>;
		proposed_by: string;
		proposed_at: Date;
		decided_by: string | null;
		decided_at: Date | null;
		decision_note: Generated<string>;
	};
}
