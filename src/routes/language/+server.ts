import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { locales } from '#lib/paraglide/runtime.js';
import { ownPath } from '#lib/domain/access/own-path.ts';
import type { RequestHandler } from './$types';

const Switch = v.object({ language: v.picklist(locales), back: v.optional(v.string(), '/') });
const YEAR = 365 * 24 * 3600;

/** Keeps the chosen language in a cookie of this browser and leads back to where the reader was. */
export const POST: RequestHandler = async ({ request, cookies, url }) => {
	const form = v.safeParse(Switch, Object.fromEntries(await request.formData()));
	if (!form.success) redirect(303, '/');
	cookies.set('language', form.output.language, {
		path: '/',
		maxAge: YEAR,
		// The pages' own scripts read it, so that what they draw is in the same language.
		httpOnly: false,
		sameSite: 'lax',
		secure: url.protocol === 'https:',
	});
	redirect(303, ownPath(form.output.back));
};
