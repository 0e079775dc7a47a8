import { error, json } from '@sveltejs/kit';
import * as v from 'valibot';
import { type OfflineOutcome, takeOfflineBudget } from '#lib/server/application/take-offline-budget.ts';
import { now } from '#lib/server/clock.ts';
import { deviceMark } from '#lib/server/session/device-mark.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { ownerOf } from '../../owner.ts';
import type { RequestHandler } from './$types';

const schema = v.object({
	id: v.pipe(v.string(), v.uuid()),
	typed: v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)),
	/** Whose device it was. */
	mark: v.string(),
	over: v.optional(v.literal('newer')),
});

/** Takes a budget that was typed without a network. The answer says what came of it; `another` is not this person's. */
export const POST: RequestHandler = async ({ locals, request, url }) => {
	const owner = await ownerOf(locals);
	const parsed = v.safeParse(schema, Object.fromEntries(url.searchParams));
	if (!parsed.success) error(400);
	const { id, typed, mark, over } = parsed.output;
	const tell = (outcome: OfflineOutcome | 'another') => json({ outcome });
	if (mark !== deviceMark(owner.cardholderId)) return tell('another');
	const lines = Object.fromEntries(new URLSearchParams(await request.text()));
	const budget = { id, lines, typedAt: new Date(typed), overNewer: over === 'newer' };
	return tell(await takeOfflineBudget(locals.db, { owner, budget, locale: getLocale(), at: now() }));
};
