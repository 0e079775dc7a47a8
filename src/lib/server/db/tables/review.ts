import type { Generated, GeneratedAlways } from 'kysely';
import type { ProposalEnd, ProposedPlan, Proposes } from '#lib/domain/review/approval.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Outcome } from '#lib/domain/review/decision.ts';
import type { LeftFor } from '#lib/domain/review/note.ts';
import type { ObjectionOutcome } from '#lib/domain/review/objection.ts';
import type { Seen } from '#lib/domain/review/seen.ts';
import type { TakenBy } from '#lib/domain/review/taking.ts';
import type { At, Json } from '#lib/server/db/tables/column.ts';

/** The queue with its takings, proposals that wait for a second approver, and decisions. */
export interface ReviewTables {
	review: {
		application_id: string;
		staff_id: string | null;
		fence: Generated<number>;
		queued_at: Date;
		taken_at: Date | null;
		lease_expires_at: Date | null;
		closed_at: Date | null;
		/** By how much the promise was moved, because the bank waited for the cardholder or the case was put aside. */
		waited_ms: Generated<number>;
		/** Put aside while a hold stands. */
		paused_at: Date | null;
		paused_until: Day | null;
		/** Referred: only supervisors are given it. */
		referred_at: Date | null;
		referred_by: string | null;
		/** For whom a supervisor set it apart, until they take it. */
		assigned_to: string | null;
		assigned_by: string | null;
		/** Its class in the queue: the smallest comes first. */
		priority: Generated<number>;
		/** By when it is promised. */
		due_at: Date;
		language: Generated<string>;
		/** What whoever takes it must be practised in; empty where nothing. */
		skill: Generated<string>;
		/** Whether its lease has an end, past or to come. */
		in_hand: GeneratedAlways<boolean>;
	};
	review_taking: {
		application_id: string;
		fence: number;
		staff_id: string;
		taken_by: TakenBy;
		assigned_by: string | null;
		at: Date;
	};
	review_note: {
		id: GeneratedAlways<number>;
		application_id: string;
		staff_id: string;
		body: string;
		at: At;
		/** For what deed it was left; null in notes from before that was kept. */
		left_for: LeftFor | null;
	};
	/** Who has the page of a case open; `seen_at` goes on while they do. */
	case_view: { application_id: string; staff_id: string; seen_at: Date };
	application_hand: { application_id: string; staff_id: string; hand: 'made' | 'edited' | 'decided'; at: At };
	approval: {
		id: Generated<string>;
		application_id: string;
		proposes: Proposes;
		quote_id: string | null;
		plan: Json<ProposedPlan>;
		first_staff_id: string;
		fence: number;
		words: string;
		note: string;
		checked: Json<string[]>;
		seen: Json<Seen>;
		inputs: Json<object>;
		proposed_at: Date;
		closed_at: Date | null;
		closed_as: ProposalEnd | null;
		closed_by: string | null;
	};
	decision: {
		id: Generated<string>;
		application_id: string;
		/** Who decided; where two did, the second. */
		staff_id: string;
		first_staff_id: string | null;
		approval_id: string | null;
		fence: number;
		outcome: Outcome;
		reason_code: string | null;
		words: Generated<string>;
		note: Generated<string>;
		inputs: Json<object>;
		decided_at: At;
		/** Set by the database: the objection that it comes after. */
		objection_id: Generated<string | null>;
		/** The facts by which like cases are found; the amount is in minor units. */
		reason: string | null;
		currency: string | null;
		owed_total: number | null;
		days_past_due: number | null;
	};
	second_review: {
		id: Generated<string>;
		application_id: string;
		decision_id: string;
		drawn_at: Date;
		staff_id: string | null;
		outcome: Outcome | null;
		reason_code: string | null;
		note: Generated<string>;
		at: Date | null;
	};
	objection: {
		id: Generated<string>;
		application_id: string;
		decision_id: string;
		cardholder_id: string;
		words: string;
		at: Date;
		answer_by: Day;
		closed_at: Date | null;
		outcome: ObjectionOutcome | null;
	};
}
