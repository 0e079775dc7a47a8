import { redirect } from '@sveltejs/kit';
import { amountText } from '#lib/messages/format.ts';
import * as m from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { findOwnCalendar } from '#lib/server/agreement/calendar.ts';
import { drawCalendar } from '#lib/server/agreement/draw-calendar.ts';
import { today } from '#lib/server/clock.ts';
import { ownerOf } from '../../../owner.ts';
import type { RequestHandler } from './$types';

/** The days with their amounts, for the signed-in owner alone. */
export const GET: RequestHandler = async ({ locals }) => {
	const calendar = await findOwnCalendar(locals.db, { owner: await ownerOf(locals), today: today() });
	if (!calendar) redirect(303, '/agreement/calendar');
	const { days, currency, reference, ...rest } = calendar;
	const drawn = drawCalendar({
		...rest,
		name: m.keeping_file_name(),
		language: getLocale(),
		days: days.map(({ uid, on, number, left }) => ({
			uid: `own-${uid}`,
			on,
			title: m.keeping_file_title({ number, amount: amountText(left, currency) }),
			text: m.keeping_file_text({ reference }),
		})),
	});
	return new Response(drawn, {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': 'attachment; filename="plan.ics"',
			'cache-control': 'no-store',
		},
	});
};
