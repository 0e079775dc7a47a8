import type { Generated } from 'kysely';
import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import type { WordKind } from '#lib/domain/application/free-words.ts';
import type { RequestReason } from '#lib/domain/application/information-request.ts';
import type { Outcome } from '#lib/domain/application/retention.ts';
import type { HoldKind } from '#lib/domain/contact/hold.ts';
import type { Day } from '#lib/domain/day.ts';

/** What was asked of cardholders, what of free words is erased, and the holds that stop reminders. */
export interface RequestTables {
	information_request: {
		id: Generated<string>;
		application_id: string;
		staff_id: string;
		fence: number;
		words: string;
		asked_at: Date;
		due_on: Day;
		closed_at: Date | null;
		closed_as: 'answered' | 'lapsed' | 'withdrawn' | null;
		/** When its words, and those of its items, were erased. */
		erased_at: Date | null;
	};
	information_item: {
		request_id: string;
		application_id: string;
		/** From 1. */
		position: number;
		what: 'evidence' | 'answer';
		kind: EvidenceKind | null;
		reason: RequestReason;
		words: string;
		answer: Generated<string>;
		answered_at: Date | null;
		erased_at: Date | null;
	};
	/** What was erased of an application's free words, when, and by which rule: so many days after a day, because it ended so. */
	words_erasure: {
		application_id: string;
		kind: WordKind;
		erased_at: Date;
		outcome: Outcome;
		ended_on: Day;
		kept_days: number;
	};
	contact_hold: {
		id: Generated<string>;
		account_id: string;
		cardholder_id: string;
		application_id: string;
		kind: HoldKind;
		/** The last day on which it stands. */
		until: Day;
		staff_id: string;
		at: Date;
		ended_at: Date | null;
		/** Null where its day was over. */
		ended_by: string | null;
	};
}
