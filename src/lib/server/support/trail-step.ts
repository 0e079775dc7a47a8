/** What happened on somebody's way in; words for each stand in messages. */
export type TrailKind =
	| 'link_made'
	| 'link_previewed'
	| 'link_opened'
	| 'link_tapped'
	| 'link_replaced'
	| 'link_expired'
	| 'reminder_sent'
	| 'link_sent'
	| 'code_sent'
	| 'old_number_told'
	| 'message_waits'
	| 'message_failed'
	| 'message_dropped'
	| 'codes_failed'
	| 'door_refused'
	| 'signed_in'
	| 'signed_in_by_link'
	| 'signed_in_by_numbers'
	| 'signed_in_by_passkey'
	| 'signed_out'
	| 'sessions_ended'
	| 'silenced'
	| 'silence_lifted'
	| 'change_asked'
	| 'change_confirmed'
	| 'change_refused'
	| 'change_withdrawn'
	| 'change_expired'
	| 'screen_matched'
	| 'screen_missed'
	| 'unlocked';

/** One step. `until` is when a waiting message may go; `staffName` who of the staff did it; `count` how often. */
export interface TrailStep {
	readonly kind: TrailKind;
	readonly at: Date;
	readonly cardLast4?: string;
	readonly staffName?: string | null;
	readonly until?: Date;
	readonly count?: number;
	/** Why a lock was lifted, by its code. */
	readonly reason?: string;
}
