import { randomUUID } from 'node:crypto';
import { isHttpError, isRedirect, type RequestEvent } from '@sveltejs/kit';
import type { Field } from '#lib/domain/access/kept-form.ts';
import { unsentPage, type UnsentWords } from '#lib/server/kept-form/unsent-page.ts';
import { log } from '#lib/server/log.ts';

const FORM = /^application\/x-www-form-urlencoded\b/;

/**
 * Answers a form of the desk. Where that fails, as while the database is down, the answer is a page with everything that was
 * filled in, so that nothing is lost with it. A script's own requests get their usual answer.
 */
export async function keepUnanswered(
	{ request, url, route }: RequestEvent,
	answer: () => Promise<Response> | Response,
	words: () => UnsentWords,
): Promise<Response> {
	const isForm = request.method === 'POST' && FORM.test(request.headers.get('content-type') ?? '');
	const isOurs = route.id?.startsWith('/(staff)/desk') === true && !request.headers.has('x-sveltekit-action');
	if (!isForm || !isOurs) return answer();
	const copy = request.clone();
	const reference = randomUUID().slice(0, 8);
	const answered = await Promise.resolve(answer()).catch((fault: unknown) => {
		if (isRedirect(fault) || isHttpError(fault)) throw fault;
		log.error({ reference, route: route.id, fault });
		return undefined;
	});
	if (answered && answered.status < 500) return answered;
	const data = await copy.formData();
	const fields = [...data].filter((entry): entry is [string, string] => typeof entry[1] === 'string') as Field[];
	return unsentPage({ action: `${url.pathname}${url.search}`, back: url.pathname, fields, reference }, words());
}
