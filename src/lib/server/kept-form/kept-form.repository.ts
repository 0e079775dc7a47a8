import type { SessionKind } from '#lib/domain/access/session.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** Whose form it is, in which browser: one without the other gets nothing. */
export interface KeptFormOwner {
	readonly kind: SessionKind;
	readonly ownerId: string;
	readonly browserHash: Buffer;
}

export interface KeptFormRow {
	readonly id: string;
	readonly accountId: string | null;
	readonly path: string;
	readonly bodySealed: Buffer;
	readonly createdAt: Date;
	readonly expiresAt: Date;
}

/** Keeps the newest form of each page. */
export async function saveKeptForm(
	db: DbOrTrx,
	owner: KeptFormOwner,
	form: { accountId: string | null; path: string; bodySealed: Buffer; createdAt: Date; expiresAt: Date },
): Promise<void> {
	const what = {
		account_id: form.accountId,
		body_sealed: form.bodySealed,
		created_at: form.createdAt,
		expires_at: form.expiresAt,
	};
	await db
		.insertInto('kept_form')
		.values({
			owner_kind: owner.kind,
			owner_id: owner.ownerId,
			browser_hash: owner.browserHash,
			path: form.path,
			...what,
		})
		.onConflict((conflict) => conflict.columns(['browser_hash', 'owner_kind', 'owner_id', 'path']).doUpdateSet(what))
		.execute();
}

/** What is kept of this owner in this browser and not over yet, the newest first. */
export async function listKeptRows(db: DbOrTrx, owner: KeptFormOwner, at: Date): Promise<KeptFormRow[]> {
	return db
		.selectFrom('kept_form')
		.select(['id', 'account_id as accountId', 'path', 'body_sealed as bodySealed'])
		.select(['created_at as createdAt', 'expires_at as expiresAt'])
		.where('owner_kind', '=', owner.kind)
		.where('owner_id', '=', owner.ownerId)
		.where('browser_hash', '=', owner.browserHash)
		.where('expires_at', '>', at)
		.orderBy('created_at', 'desc')
		.execute();
}

/** Throws away what is kept of this owner in this browser: of one page, or all. */
export async function deleteKept(db: DbOrTrx, owner: KeptFormOwner, path?: string): Promise<void> {
	await db
		.deleteFrom('kept_form')
		.where('owner_kind', '=', owner.kind)
		.where('owner_id', '=', owner.ownerId)
		.where('browser_hash', '=', owner.browserHash)
		.$if(path !== undefined, (query) => query.where('path', '=', path ?? ''))
		.execute();
}

/** Throws away what anybody else left in this browser. */
export async function deleteKeptOfOthers(db: DbOrTrx, { kind, ownerId, browserHash }: KeptFormOwner): Promise<void> {
	await db
		.deleteFrom('kept_form')
		.where('browser_hash', '=', browserHash)
		.where(({ or, eb }) => or([eb('owner_kind', '!=', kind), eb('owner_id', '!=', ownerId)]))
		.execute();
}

export async function deleteKeptBefore(db: DbOrTrx, at: Date): Promise<void> {
	await db.deleteFrom('kept_form').where('expires_at', '<=', at).execute();
}
