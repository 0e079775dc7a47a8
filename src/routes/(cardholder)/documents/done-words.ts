import * as m from '#lib/paraglide/messages.js';

/** What has just been done, where the page is shown after it. */
export function doneWords(query: URLSearchParams): string | undefined {
	const received = Number(query.get('received'));
	if (Number.isInteger(received) && received > 0) return m.documents_attached({ count: received });
	const [, words] = DONE.find(([name]) => query.has(name)) ?? [];
	return words?.();
}

const DONE: readonly (readonly [string, () => string])[] = [
	['removed', m.documents_removed],
	['withdrawn', m.documents_withdrawn],
	['turned', m.documents_turned],
	['moved', m.documents_moved],
];
