import { error, text } from '@sveltejs/kit';
import { metricsText } from '#lib/server/operations/metrics.ts';
import type { RequestHandler } from './$types';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** For a collector on the same machine, and for nobody whom a proxy on that machine has let through. */
export const GET: RequestHandler = async ({ locals, request }) => {
	const forwarded = request.headers.has('x-forwarded-for') || request.headers.has('forwarded');
	if (forwarded || !LOOPBACK.has(locals.ip)) error(404);
	return text(await metricsText(locals.db), {
		headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
	});
};
