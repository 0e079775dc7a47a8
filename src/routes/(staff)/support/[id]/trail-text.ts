import type { UnlockReason } from '#lib/domain/access/unlock.ts';
import { nearTime } from '#lib/messages/clock-time.ts';
import * as m from '#lib/paraglide/messages.js';
import type { TrailKind, TrailStep } from '#lib/server/support/trail-step.ts';

/** Why a lock was lifted, in words. */
export const UNLOCK_WORDS: Readonly<Record<UnlockReason, () => string>> = {
	wrong_codes: m.support_unlock_wrong_codes,
	codes_late: m.support_unlock_codes_late,
	shared_phone: m.support_unlock_shared_phone,
	number_is_theirs: m.support_unlock_number_is_theirs,
};

interface Parts {
	readonly count: number;
	readonly name: string;
	readonly time: string;
	readonly reason: string;
}

const WORDS: Readonly<Record<TrailKind, (parts: Parts) => string>> = {
	link_made: ({ name }) => (name === '' ? m.support_trail_link_made() : m.support_trail_link_made_by({ name })),
	link_previewed: m.support_trail_link_previewed,
	link_opened: m.support_trail_link_opened,
	link_tapped: () => m.support_trail_link_tapped(),
	link_replaced: () => m.support_trail_link_replaced(),
	link_expired: () => m.support_trail_link_expired(),
	reminder_sent: () => m.support_trail_reminder_sent(),
	link_sent: () => m.support_trail_link_sent(),
	code_sent: () => m.support_trail_code_sent(),
	old_number_told: () => m.support_trail_old_number_told(),
	message_waits: m.support_trail_message_waits,
	message_failed: () => m.support_trail_message_failed(),
	message_dropped: () => m.support_trail_message_dropped(),
	codes_failed: m.support_trail_codes_failed,
	door_refused: () => m.support_trail_door_refused(),
	signed_in: () => m.support_trail_signed_in(),
	signed_in_by_link: () => m.support_trail_signed_in_by_link(),
	signed_in_by_numbers: () => m.support_trail_signed_in_by_numbers(),
	signed_in_by_passkey: () => m.support_trail_signed_in_by_passkey(),
	signed_out: () => m.support_trail_signed_out(),
	sessions_ended: () => m.support_trail_sessions_ended(),
	silenced: () => m.support_trail_silenced(),
	silence_lifted: () => m.support_trail_silence_lifted(),
	change_asked: m.support_trail_change_asked,
	change_confirmed: m.support_trail_change_confirmed,
	change_refused: m.support_trail_change_refused,
	change_withdrawn: m.support_trail_change_withdrawn,
	change_expired: () => m.support_trail_change_expired(),
	screen_matched: m.support_trail_screen_matched,
	screen_missed: m.support_trail_screen_missed,
	unlocked: m.support_trail_unlocked,
};

/** A step of somebody's way in, in words that can be read out to them. */
export function trailText(step: TrailStep, timeZone: string): string {
	const reason = step.reason === undefined ? undefined : UNLOCK_WORDS[step.reason as UnlockReason];
	return WORDS[step.kind]({
		count: step.count ?? 1,
		name: step.staffName ?? '',
		time: step.until ? nearTime(step.until, timeZone) : '',
		reason: reason?.() ?? '',
	});
}
