import { error } from '@sveltejs/kit';
import { nearTime } from '#lib/messages/clock-time.ts';
import { now } from '#lib/server/clock.ts';
import { env } from '#lib/server/env.ts';
import { readInbox } from '#lib/server/message/read-inbox.ts';
import { listDemoCodes } from '#lib/server/staff/list-demo-codes.ts';
import { withLinks } from './with-links.ts';
import type { PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals }) => {
	const { mode, bankTimeZone, origin } = env();
	if (mode === 'production') error(404);
	const at = now();
	const messages = (await readInbox(locals.db)).map(({ text, at: sentAt, waitsUntil, ...shown }) => ({
		...shown,
		parts: withLinks(text, origin),
		time: nearTime(sentAt, bankTimeZone),
		waits: waitsUntil && { until: waitsUntil > at ? nearTime(waitsUntil, bankTimeZone) : null },
	}));
	return { messages, staff: await listDemoCodes(locals.db) };
};
