import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { Day } from '#lib/domain/day.ts';
import type { At, Json } from '#lib/server/db/tables/column.ts';

/** Messages on their way, contacts made, and the audit log. */
export interface MessageTables {
	outbox_message: {
		id: Generated<string>;
		cardholder_id: string;
		account_id: string | null;
		template: string;
		access_link_id: string | null;
		challenge_id: string | null;
		application_id: string | null;
		confirmation_id: string | null;
		/** Set where the message goes to the number that this change replaced. */
		number_change_id: string | null;
		locale: string;
		just_asked_for: Generated<boolean>;
		dedupe_key: string | null;
		status: Generated<'queued' | 'handed_over' | 'failed' | 'dropped'>;
		not_before: Date;
		created_at: At;
		handed_over_at: Date | null;
		attempts: Generated<number>;
		failure: string | null;
		/** The recipient's day on which a push was tried; the SMS goes where none arrives. */
		pushed_on: Day | null;
	};
	contact_log: {
		id: GeneratedAlways<number>;
		outbox_message_id: string;
		cardholder_id: string;
		channel: 'sms' | 'push';
		template: string;
		just_asked_for: boolean;
		contacted_on: Day;
		at: At;
	};
	inbox_message: {
		id: GeneratedAlways<number>;
		outbox_message_id: string;
		phone: string;
		body: string;
		at: At;
	};
	audit_log: {
		id: GeneratedAlways<number>;
		at: At;
		actor_kind: 'cardholder' | 'staff' | 'system' | 'command' | 'visitor';
		actor_id: string | null;
		action: string;
		subject_kind: string;
		subject_id: string;
		cardholder_id: string | null;
		detail: ColumnType<object, string | undefined, never>;
	};
	setting: { key: string; value: Json<object> };
	desk_rule_proposal: {
		id: Generated<string>;
		key: 'checks' | 'decline_letters';
		base_mark: string;
		value: Json<object>;
		note: Generated<string>;
		status: Generated<'proposed' | 'published' | 'rejected' | 'withdrawn'>;
		proposed_by: string;
		proposed_at: Date;
		decided_by: string | null;
		decided_at: Date | null;
		decision_note: Generated<string>;
	};
}
