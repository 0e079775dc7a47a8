import { dayIn } from '#lib/domain/day.ts';
import type { Skill, Urgency } from '#lib/domain/review/queue-policy.ts';
import { dayShort } from '#lib/messages/format.ts';
import * as m from '#lib/paraglide/messages.js';
import { reasonText } from './words.ts';

/** Why a case stands where it stands in the queue, and by when it is due. */
export function urgencyText({ urgency, dueAt }: { urgency: Urgency; dueAt: Date }, timeZone: string): string {
	return URGENCIES[urgency]({ day: dayShort(dayIn(dueAt, timeZone)) });
}

const URGENCIES: Readonly<Record<Urgency, (inputs: { day: string }) => string>> = {
	late: m.queue_late,
	first: m.queue_first,
	soon: m.queue_soon,
	usual: m.queue_usual,
};

/** What somebody is practised in. */
export function skillText(skill: Skill): string {
	return skill === 'large_amounts' ? m.queue_large_amounts() : reasonText(skill);
}
