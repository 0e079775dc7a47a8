import { nearTime } from '#lib/messages/clock-time.ts';
import * as m from '#lib/paraglide/messages.js';
import type { TrailStep } from '#lib/server/support/access-trail.ts';

/** A step of somebody's way in, in words that can be read out to them. */
export function trailText(step: TrailStep, timeZone: string): string {
	switch (step.kind) {
		case 'link_made':
			return step.staffName ? m.support_trail_link_made_by({ name: step.staffName }) : m.support_trail_link_made();
		case 'link_opened':
			return m.support_trail_link_opened({ count: step.count ?? 1 });
		case 'message_waits':
			return m.support_trail_message_waits({ time: step.until ? nearTime(step.until, timeZone) : '' });
		default:
			return PLAIN[step.kind]();
	}
}

const PLAIN: Readonly<Record<Exclude<TrailStep['kind'], 'link_made' | 'link_opened' | 'message_waits'>, () => string>> =
	{
		link_used: m.support_trail_link_used,
		link_replaced: m.support_trail_link_replaced,
		link_expired: m.support_trail_link_expired,
		reminder_sent: m.support_trail_reminder_sent,
		link_sent: m.support_trail_link_sent,
		code_sent: m.support_trail_code_sent,
		message_failed: m.support_trail_message_failed,
		sign_in_failed: m.support_trail_sign_in_failed,
		signed_in: m.support_trail_signed_in,
		signed_out: m.support_trail_signed_out,
	};
