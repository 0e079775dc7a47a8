import type { Generated } from 'kysely';
import type { At } from '#lib/server/db/tables/column.ts';

/** Who works here, who is signed in, and by which link or code. */
export interface AccessTables {
	staff: {
		id: Generated<string>;
		login: string;
		name: string;
		role: 'agent' | 'supervisor' | 'support' | 'admin';
		cardholder_id: string | null;
		password_hash: string | null;
		totp_secret_sealed: Buffer | null;
		totp_last_step: number | null;
		created_at: At;
		enrolled_at: Date | null;
		disabled_at: Date | null;
		/** In which they read an application. */
		languages: Generated<string[]>;
		/** What they are practised in. */
		skills: Generated<string[]>;
	};
	staff_enrolment: {
		id: Generated<string>;
		staff_id: string;
		token_hash: Buffer;
		totp_secret_sealed: Buffer;
		created_at: At;
		expires_at: Date;
		used_at: Date | null;
	};
	staff_session: {
		id: string;
		staff_id: string;
		created_at: At;
		used_at: At;
		expires_at: Date;
		/** When its owner last proved to be there, since signing in; decisions ask for it. */
		confirmed_at: Date | null;
	};
	cardholder_session: {
		id: string;
		cardholder_id: string;
		account_id: string | null;
		created_at: At;
		used_at: At;
		expires_at: Date;
	};
	/** A form that came after its session's end, sealed; `path` is its page, without a query. */
	kept_form: {
		id: Generated<string>;
		owner_kind: 'cardholder' | 'staff';
		owner_id: string;
		account_id: string | null;
		browser_hash: Buffer;
		path: string;
		body_sealed: Buffer;
		created_at: Date;
		expires_at: Date;
	};
	access_link: {
		id: Generated<string>;
		account_id: string;
		cardholder_id: string;
		/** What the token is derived from, until the message that carries it has gone or cannot go any more. */
		seed: Buffer | null;
		token_hash: Buffer;
		created_by: string;
		created_at: At;
		expires_at: Date;
		revoked_at: Date | null;
		/** The number that the message went to. */
		sent_to: string | null;
		/** Openings that look like a person's; those of previews and scanners are counted apart. */
		opened_count: Generated<number>;
		first_opened_at: Date | null;
		last_opened_at: Date | null;
		robot_opened_count: Generated<number>;
		first_robot_opened_at: Date | null;
		/** When somebody first tapped on the page: from then on it is certain that a person has it. */
		first_tapped_at: Date | null;
		used_at: Date | null;
	};
	/** Numbers whose holder said that they are not the cardholder's: no message goes there. */
	silenced_number: {
		phone: string;
		silenced_at: Date;
		access_link_id: string | null;
		/** The browser that may take it back. */
		browser_hash: Buffer | null;
		lifted_at: Date | null;
		lifted_by: string | null;
	};
	sign_in_challenge: {
		id: Generated<string>;
		browser_hash: Buffer;
		/** What the challenge is about (a link, or the numbers that were typed), keyed; limits count by it. */
		target_hash: Buffer;
		access_link_id: string | null;
		cardholder_id: string | null;
		account_id: string | null;
		code_seed: Buffer;
		sends: Generated<number>;
		last_sent_at: Date | null;
		tries: Generated<number>;
		created_at: At;
		expires_at: Date;
		closed_at: Date | null;
	};
	rate_limit: { key: string; window_start: Date; count: number };
}
