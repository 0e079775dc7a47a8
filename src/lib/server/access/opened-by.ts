import { isbot } from 'isbot';

/** What looks at a link besides people: previews of messengers, scanners, and browsers that fetch ahead. */
export type OpenedBy = 'person' | 'robot';

/**
 * Tells from a request whether a person opened a link, as far as it says so itself: a robot may pose as a browser, so that
 * a person is certain only once they have tapped.
 */
export function openedBy({ method, headers }: Pick<Request, 'method' | 'headers'>): OpenedBy {
	const agent = headers.get('user-agent') ?? '';
	const purpose = ['purpose', 'x-purpose', 'sec-purpose', 'x-moz'].map((name) => headers.get(name) ?? '').join(' ');
	const isAhead = /prefetch|prerender|preview/i.test(purpose);
	return method !== 'GET' || isAhead || agent === '' || isbot(agent) ? 'robot' : 'person';
}
