import { text } from '@sveltejs/kit';
import { isReady } from '#lib/server/operations/readiness.ts';
import type { RequestHandler } from './$types';

/** The names of the migrations that were there when this version was built; none of them is loaded. */
const NEEDED = Object.keys(import.meta.glob('../../../migrations/*.ts')).map((path) =>
	path.replace(/^.*\//, '').replace(/\.ts$/, ''),
);

/** Whether this process may be sent visitors: its database answers and is up to date. */
export const GET: RequestHandler = async ({ locals }) =>
	(await isReady(locals.db, NEEDED)) ? text('ready\n') : text('not ready\n', { status: 503 });
