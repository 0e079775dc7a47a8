import type { Generated, GeneratedAlways } from 'kysely';

/** What support does for a caller: numbers changed, screens recognised, locks lifted. */
export interface SupportTables {
	number_change: {
		id: Generated<string>;
		cardholder_id: string;
		/** E.164, both; masked before they leave the feature. */
		old_phone: string;
		new_phone: string;
		proofs: string[];
		asked_by: string;
		asked_at: Date;
		expires_at: Date;
		/** How often the second person typed other last four than those of the new number. */
		mismatches: Generated<number>;
		outcome: 'confirmed' | 'refused' | 'withdrawn' | 'expired' | null;
		answered_by: string | null;
		answered_at: Date | null;
		held_until: Date | null;
	};
	/** A screen of a cardholder that shows four characters; exactly one of session and challenge is set. */
	screen_code: {
		id: Generated<string>;
		seed: Buffer;
		cardholder_id: string | null;
		session_id: string | null;
		challenge_id: string | null;
		step: string;
		created_at: Date;
		expires_at: Date;
	};
	support_deed: {
		id: GeneratedAlways<number>;
		staff_id: string;
		cardholder_id: string;
		kind: 'screen_matched' | 'screen_missed' | 'unlocked';
		reason: string | null;
		at: Date;
	};
}
