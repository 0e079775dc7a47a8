import { ownPath } from '#lib/domain/access/own-path.ts';

/** One field of a form as it was sent. */
export type Field = readonly [name: string, value: string];

/** The names of fields that hold a secret, or what proves who somebody is: they are never kept. */
const SECRETS = new Set(['code', 'id_last4', 'password', 'password_again', 'again', 'token', 'phone', 'card_last4']);
const SECRET_LIKE =
	/code$|password|passphrase|secret|token|passkey|credential|assertion|challenge|answer|proof|one_time/;

/** Whether a field of this name may be kept after its session's end. */
export function mayKeepField(name: string): boolean {
	const plain = name.toLowerCase().replaceAll('-', '_');
	return !SECRETS.has(plain) && !SECRET_LIKE.test(plain);
}

/** What of a form may be kept: everything but secrets, in its order. */
export function fieldsToKeep(fields: readonly Field[]): Field[] {
	return fields.filter(([name]) => mayKeepField(name));
}

/** Where a kept form goes when its owner asks for it, and whether that writes anything by itself. */
export interface Resumption {
	/** Our own path, with the action as its query. */
	readonly action: string;
	/** Further fields that the action needs in order to show and not to decide. */
	readonly fields: readonly Field[];
	/** `shows`: the page comes back filled in. `sends`: the deed that was asked for is done now. */
	readonly effect: 'shows' | 'sends';
}

/** The desk's steps that write come back at the step before them, with everything filled in. */
const DESK_CASE = /^\/desk\/[^/?]+$/;

/**
 * How a form that was kept from a page is sent again: to its own action, but where another action of the page shows the
 * same without writing, to that one. `path` is the page, `query` the action such as "?/decide".
 */
export function resumptionOf(path: string, query: string): Resumption {
	const action = /[?&]\/(\w+)/.exec(query)?.[1];
	if (path === '/hardship') return { action: path, fields: [['keep', '1']], effect: 'shows' };
	if (path === '/agreement' && action !== 'refuse') return { action: '/agreement?/sign', fields: [], effect: 'shows' };
	if (DESK_CASE.test(path) && ['propose', 'revise', 'decide', 'ask', 'again'].includes(action ?? '')) {
		return { action: `${path}?/revise`, fields: [], effect: 'shows' };
	}
	const own = ownPath(`${path}${query}`);
	return { action: own === '/' ? ownPath(path) : own, fields: [], effect: 'sends' };
}

/** The text that somebody wrote in their own words, of the fields that hold such text. */
export function writtenWords(fields: readonly Field[]): string[] {
	const own = /^(circumstances|words|objection|note|ask_text|ask_words_\d+|page_words|\w+_note)$/;
	return fields.filter(([name, value]) => own.test(name) && value.trim() !== '').map(([, value]) => value);
}
