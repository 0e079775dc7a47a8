import * as m from '#lib/paraglide/messages.js';
import type { QueueLine } from '#lib/server/review/list-queue.ts';

/** What came of asking for more, and to whom a case was referred; empty where neither. */
export function asideText({ brought, isReferred }: QueueLine): string {
	const words = [
		brought === 'answered' ? m.desk_queue_brought() : '',
		brought === 'lapsed' ? m.desk_queue_not_brought() : '',
		isReferred ? m.desk_queue_referred() : '',
	];
	return words.filter((word) => word !== '').join(' · ');
}
