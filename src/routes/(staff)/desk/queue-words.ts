import { dayIn } from '#lib/domain/day.ts';
import type { Skill, Urgency } from '#lib/domain/review/queue-policy.ts';
import { dayNear } from '#lib/messages/format.ts';
import * as m from '#lib/paraglide/messages.js';
import type { QueueLine } from '#lib/server/review/list-queue.ts';
import { reasonText } from './words.ts';

/** A word or two that set a case apart from the usual one; `tone` is how it looks. */
export interface Badge {
	readonly text: string;
	readonly tone: 'overdue' | 'accent' | 'quiet';
}

/** What is unusual about a case, the most pressing first. What is put aside is not late. */
export function badgesOf({ urgency, isObjection, forSecond, pausedUntil }: BadgeFacts): readonly Badge[] {
	const isAside = pausedUntil !== null;
	return [
		...(urgency === 'late' && !isAside ? [{ text: m.queue_badge_late(), tone: 'overdue' } as const] : []),
		...(isObjection ? [{ text: m.queue_badge_objection(), tone: 'accent' } as const] : []),
		...(forSecond ? [{ text: m.queue_badge_second(), tone: 'accent' } as const] : []),
		...(isAside ? [{ text: m.queue_badge_aside(), tone: 'quiet' } as const] : []),
	];
}

type BadgeFacts = Pick<QueueLine, 'urgency' | 'isObjection' | 'forSecond' | 'pausedUntil'>;

/** Why a case stands where it stands in the queue, and by when it is due; until when, where it is put aside. */
export function urgencyText(
	{ urgency, dueAt, pausedUntil }: Pick<QueueLine, 'urgency' | 'dueAt' | 'pausedUntil'>,
	timeZone: string,
): string {
	if (pausedUntil !== null) return m.queue_aside_until({ day: dayNear(pausedUntil) });
	return URGENCIES[urgency]({ day: dayNear(dayIn(dueAt, timeZone)) });
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
