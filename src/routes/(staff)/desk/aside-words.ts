import { dayShort } from '#lib/messages/format.ts';
import * as m from '#lib/paraglide/messages.js';
import type { QueueLine } from '#lib/server/review/list-queue.ts';

/** What came of asking for more, and for what a case is put aside; empty where neither. */
export function asideText({ brought, isReferred, pausedUntil }: QueueLine): string {
	const words = [
		brought === 'answered' ? m.desk_queue_brought() : '',
		brought === 'lapsed' ? m.desk_queue_not_brought() : '',
		isReferred ? m.desk_queue_referred() : '',
		pausedUntil === null ? '' : m.desk_queue_paused({ day: dayShort(pausedUntil) }),
	];
	return words.filter((word) => word !== '').join(' · ');
}
