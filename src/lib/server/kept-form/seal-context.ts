import type { KeptFormOwner } from '#lib/server/kept-form/kept-form.repository.ts';

/** Where a sealed form belongs: it opens for no other person, browser or page. */
export function sealContext({ kind, ownerId, browserHash }: KeptFormOwner, path: string): string {
	return [kind, ownerId, browserHash.toString('hex'), path].join('\n');
}
