import type { Cookies } from '@sveltejs/kit';
import { type Field, type Resumption, resumptionOf, writtenWords } from '#lib/domain/access/kept-form.ts';
import type { SessionKind } from '#lib/domain/access/session.ts';
import { now } from '#lib/server/clock.ts';
import { openText } from '#lib/server/crypto/seal.ts';
import type { Db } from '#lib/server/db/connect.ts';
import type { KeptBody } from '#lib/server/kept-form/keep-form.ts';
import { keptBrowserHash } from '#lib/server/kept-form/kept-cookie.ts';
import { deleteKept, listKeptRows } from '#lib/server/kept-form/kept-form.repository.ts';
import { sealContext } from '#lib/server/kept-form/seal-context.ts';

/** A form that waits for its owner. */
export interface KeptForm extends Resumption {
	/** Its page, such as `/hardship`. */
	readonly path: string;
	readonly fields: readonly Field[];
	/** What they wrote in their own words, to read it over. */
	readonly written: readonly string[];
	/** Files came with it: they are chosen again on the page. */
	readonly hadFiles: boolean;
	readonly createdAt: Date;
	readonly expiresAt: Date;
}

/** What is kept of this person in this browser, the newest first. */
export async function readKeptForms(
	db: Db,
	cookies: Cookies,
	{ kind, ownerId }: { readonly kind: SessionKind; readonly ownerId: string },
): Promise<KeptForm[]> {
	const browserHash = keptBrowserHash(cookies);
	if (!browserHash) return [];
	const owner = { kind, ownerId, browserHash };
	return (await listKeptRows(db, owner, now())).map(({ path, bodySealed, createdAt, expiresAt }) => {
		const text = openText('kept-form', bodySealed, sealContext(owner, path));
		const { query, fields, hadFiles } = JSON.parse(text) as KeptBody;
		const again = resumptionOf(path, query);
		const own = fields.filter(([name]) => !again.fields.some(([further]) => further === name));
		return {
			...again,
			path,
			fields: [...own, ...again.fields],
			written: writtenWords(fields),
			hadFiles,
			createdAt,
			expiresAt,
		};
	});
}

/** Throws away what is kept from a page, once it was sent again or is not wanted any more. */
export async function forgetKeptForm(
	db: Db,
	cookies: Cookies,
	{ kind, ownerId, path }: { readonly kind: SessionKind; readonly ownerId: string; readonly path: string },
): Promise<void> {
	const browserHash = keptBrowserHash(cookies);
	if (browserHash) await deleteKept(db, { kind, ownerId, browserHash }, path);
}
