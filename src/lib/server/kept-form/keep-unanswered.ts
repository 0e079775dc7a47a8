import { randomUUID } from 'node:crypto';
import { isHttpError, isRedirect, type RequestEvent } from '@sveltejs/kit';
import type { Field } from '#lib/domain/access/kept-form.ts';
import { type AwayWords, awayPage } from '#lib/server/kept-form/away-page.ts';
import { unsentPage, type UnsentWords } from '#lib/server/kept-form/unsent-page.ts';
import { log } from '#lib/server/log.ts';

/** Whose form it is: of the desk, or of anybody who is not staff. */
export type Whose = 'desk' | 'public';

/** The words of both pages, made when they are needed. */
export interface UnansweredWords {
	unsent(whose: Whose): UnsentWords;
	away(): AwayWords;
}

const FORM = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/;
const WITH_FILES = /^multipart\//;
/** What scripts ask, other programs, and what no cardholder sees. */
const NO_PAGES = /^\/(staff|\(staff\)|dev|push|stay|draft|healthz|readyz|metrics|\(cardholder\)\/draft)(\/|$)/;

/**
 * Answers a request. Where that fails, as while the database is down, a form of the desk or of a cardholder is answered by a page with
 * everything that was filled in, so that nothing is lost with it, and another page by one that says so in its reader's language.
 * A script's own requests get their usual answer.
 */
export async function keepUnanswered(
	event: RequestEvent,
	answer: () => Promise<Response> | Response,
	words: UnansweredWords,
): Promise<Response> {
	const { request, url, route } = event;
	const whose = whoseOf(event);
	if (!whose) return answer();
	const hasFiles = WITH_FILES.test(request.headers.get('content-type') ?? '');
	const isForm = request.method === 'POST';
	const copy = isForm && !hasFiles ? request.clone() : undefined;
	const reference = randomUUID().slice(0, 8);
	const answered = await Promise.resolve(answer()).catch((fault: unknown) => {
		if (isRedirect(fault) || isHttpError(fault)) throw fault;
		log.error({ reference, route: route.id, fault });
		return undefined;
	});
	// A page that was begun tells of its own fault.
	if (answered && (answered.status < 500 || !isForm)) return answered;
	const address = `${url.pathname}${url.search}`;
	if (!isForm) return awayPage(address, words.away());
	const data = copy ? [...(await copy.formData())] : [];
	const fields = data.filter((entry): entry is [string, string] => typeof entry[1] === 'string') as Field[];
	return unsentPage({ action: address, back: url.pathname, fields, hasFiles, reference }, words.unsent(whose));
}

function whoseOf({ request: { method, headers }, route }: RequestEvent): Whose | undefined {
	const id = route.id ?? '';
	const isForm = method === 'POST' && FORM.test(headers.get('content-type') ?? '');
	if (isForm && id.startsWith('/(staff)/desk') && !headers.has('x-sveltekit-action')) return 'desk';
	const isPage = (isForm || method === 'GET') && headers.get('accept')?.includes('text/html');
	return isPage && id !== '' && !NO_PAGES.test(id) ? 'public' : undefined;
}
