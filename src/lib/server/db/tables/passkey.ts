import type { Generated } from 'kysely';
import type { At } from '#lib/server/db/tables/column.ts';

/** Passkeys with whose they are, and the challenges that they answer. */
export interface PasskeyTables {
	/** Somebody as an authenticator knows them: by a random handle, which says nothing of who they are. */
	passkey_holder: {
		id: Generated<string>;
		handle: Buffer;
		cardholder_id: string | null;
		staff_id: string | null;
		offer_declined_at: Date | null;
		/** When its person last signed out everywhere; a cardholder's alone. */
		copies_ended_at: Date | null;
	};
	passkey: {
		id: Generated<string>;
		cardholder_id: string | null;
		staff_id: string | null;
		credential_id: Buffer;
		public_key: Buffer;
		counter: number;
		transports: string[];
		device_type: 'singleDevice' | 'multiDevice';
		backed_up: boolean;
		name: string;
		created_at: At;
		last_used_at: Date | null;
		removed_at: Date | null;
	};
	passkey_challenge: {
		id: Generated<string>;
		purpose: 'register' | 'sign_in' | 'confirm';
		kind: 'cardholder' | 'staff';
		/** The SHA-256 of the cookie, session or enrolment link to which the challenge was given. */
		bound_hash: Buffer;
		challenge: Buffer;
		cardholder_id: string | null;
		staff_id: string | null;
		created_at: At;
		expires_at: Date;
		used_at: Date | null;
	};
}
