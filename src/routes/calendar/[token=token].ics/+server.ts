import { error } from '@sveltejs/kit';
import { readerLocale } from '#lib/messages/reader-locale.ts';
import * as m from '#lib/paraglide/messages.js';
import { findCalendarFeed } from '#lib/server/agreement/calendar.ts';
import { drawCalendar } from '#lib/server/agreement/draw-calendar.ts';
import { today } from '#lib/server/clock.ts';
import { sha256Hex } from '#lib/server/crypto/sha256.ts';
import type { RequestHandler } from './$types';

/**
 * The days of a plan for whoever holds the address, in its holder's language. A phone's calendar is seen by others: there is
 * no name in it, no amount, no number, and not what it is about.
 */
export const GET: RequestHandler = async ({ locals, params, request }) => {
	const feed = await findCalendarFeed(locals.db, { token: params.token, today: today() });
	if (!feed) error(404);
	const language = readerLocale(feed.locale);
	const words = {
		title: m.keeping_feed_title({}, { locale: language }),
		text: m.keeping_feed_text({}, { locale: language }),
	};
	const drawn = drawCalendar({
		name: m.keeping_feed_name({}, { locale: language }),
		language,
		days: feed.days.map(({ uid, on }) => ({ uid, on, ...words })),
		sequence: feed.sequence,
		changedAt: feed.changedAt,
	});
	const etag = `"${sha256Hex(drawn).slice(0, 32)}"`;
	const headers = { 'cache-control': 'private, no-cache', etag };
	if (request.headers.get('if-none-match')?.includes(etag)) return new Response(null, { status: 304, headers });
	return new Response(drawn, { headers: { ...headers, 'content-type': 'text/calendar; charset=utf-8' } });
};
