import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import { KEPT_PLAN } from '#lib/server/db/kept-plan.ts';
import type { PasskeyOwner } from '#lib/server/passkey/owner.ts';

/** A passkey that was not removed, or was; never its owner's name. */
export interface PasskeyRow {
	readonly id: string;
	readonly cardholderId: string | null;
	readonly staffId: string | null;
	readonly credentialId: Buffer;
	readonly publicKey: Buffer;
	readonly counter: number;
	readonly transports: string[];
	readonly deviceType: 'singleDevice' | 'multiDevice';
	readonly name: string;
	readonly createdAt: Date;
	readonly lastUsedAt: Date | null;
	readonly removedAt: Date | null;
}

const COLUMNS = [
	'id',
	'cardholder_id as cardholderId',
	'staff_id as staffId',
	'credential_id as credentialId',
	'public_key as publicKey',
	'counter',
	'transports',
	'device_type as deviceType',
	'name',
	'created_at as createdAt',
	'last_used_at as lastUsedAt',
	'removed_at as removedAt',
] as const;

/** The column that names an owner of this kind. */
export const ownerColumn = ({ kind }: Pick<PasskeyOwner, 'kind'>) =>
	kind === 'cardholder' ? ('cardholder_id' as const) : ('staff_id' as const);

/** What a new passkey is made of. */
export interface NewPasskey {
	readonly owner: PasskeyOwner;
	readonly credentialId: Buffer;
	readonly publicKey: Buffer;
	readonly counter: number;
	readonly transports: string[];
	readonly deviceType: 'singleDevice' | 'multiDevice';
	readonly isBackedUp: boolean;
	readonly name: string;
	readonly at: Date;
}

/** The new id; undefined where the credential is known already, whoever's it is. */
export async function insertPasskey(trx: Trx, passkey: NewPasskey): Promise<string | undefined> {
	const row = await trx
		.insertInto('passkey')
		.values({
			[ownerColumn(passkey.owner)]: passkey.owner.id,
			credential_id: passkey.credentialId,
			public_key: passkey.publicKey,
			counter: passkey.counter,
			transports: passkey.transports,
			device_type: passkey.deviceType,
			backed_up: passkey.isBackedUp,
			name: passkey.name,
			created_at: passkey.at,
		})
		.onConflict((conflict) => conflict.column('credential_id').doNothing())
		.returning('id')
		.executeTakeFirst();
	return row?.id;
}

/** The passkey with a credential's id, removed or not, locked: of two answers at once the counts are compared in turn. */
export async function lockPasskeyByCredential(trx: Trx, credentialId: Buffer): Promise<PasskeyRow | undefined> {
	return trx
		.selectFrom('passkey')
		.select(COLUMNS)
		.where('credential_id', '=', credentialId)
		.forUpdate()
		.executeTakeFirst();
}

/** Somebody's passkeys, the oldest first. */
export async function listPasskeysOf(db: DbOrTrx, owner: PasskeyOwner): Promise<PasskeyRow[]> {
	return db
		.selectFrom('passkey')
		.select(COLUMNS)
		.where(ownerColumn(owner), '=', owner.id)
		.where('removed_at', 'is', null)
		.orderBy('created_at')
		.orderBy('id')
		.execute();
}

/** Whether somebody said that they want no passkey, and whether they have one. */
export async function findPasskeyStanding(
	db: DbOrTrx,
	owner: PasskeyOwner,
): Promise<{ hasDeclined: boolean; hasPasskey: boolean }> {
	const column = sql.ref(ownerColumn(owner));
	const { rows } = await sql<{ hasDeclined: boolean; hasPasskey: boolean }>`
		select exists (select from passkey_holder where ${column} = ${owner.id} and offer_declined_at is not null)
				as "hasDeclined",
			exists (select from passkey where ${column} = ${owner.id} and removed_at is null) as "hasPasskey"
		${KEPT_PLAN}`.execute(db);
	return rows[0] ?? { hasDeclined: false, hasPasskey: false };
}

export async function saveUse(
	trx: Trx,
	use: { id: string; counter: number; isBackedUp: boolean; at: Date },
): Promise<void> {
	await trx
		.updateTable('passkey')
		.set({ counter: use.counter, backed_up: use.isBackedUp, last_used_at: use.at })
		.where('id', '=', use.id)
		.execute();
}

/** Whether there was such a passkey of theirs. */
export async function saveName(
	trx: Trx,
	{ id, owner, name }: { id: string; owner: PasskeyOwner; name: string },
): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('passkey')
		.set({ name })
		.where('id', '=', id)
		.where(ownerColumn(owner), '=', owner.id)
		.where('removed_at', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/** Whether there was such a passkey of theirs. */
export async function saveRemoved(
	trx: Trx,
	{ id, owner, at }: { id: string; owner: PasskeyOwner; at: Date },
): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('passkey')
		.set({ removed_at: at })
		.where('id', '=', id)
		.where(ownerColumn(owner), '=', owner.id)
		.where('removed_at', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/** Somebody as authenticators know them; made with a fresh random handle where they had none. Locked until the end. */
export async function ensureHolder(trx: Trx, owner: PasskeyOwner): Promise<{ handle: Buffer }> {
	const column = ownerColumn(owner);
	await trx
		.insertInto('passkey_holder')
		.values({ [column]: owner.id, handle: randomBytes(32) })
		.onConflict((conflict) => conflict.column(column).doNothing())
		.execute();
	return trx
		.selectFrom('passkey_holder')
		.select('handle')
		.where(column, '=', owner.id)
		.forUpdate()
		.executeTakeFirstOrThrow();
}

/** How somebody stands with passkeys: undefined where nothing was ever noted. */
export async function findHolder(
	db: DbOrTrx,
	owner: PasskeyOwner,
): Promise<{ handle: Buffer; offerDeclinedAt: Date | null } | undefined> {
	return db
		.selectFrom('passkey_holder')
		.select(['handle', 'offer_declined_at as offerDeclinedAt'])
		.where(ownerColumn(owner), '=', owner.id)
		.executeTakeFirst();
}

export async function saveOfferDeclined(trx: Trx, { owner, at }: { owner: PasskeyOwner; at: Date }): Promise<void> {
	await trx
		.updateTable('passkey_holder')
		.set({ offer_declined_at: at })
		.where(ownerColumn(owner), '=', owner.id)
		.where('offer_declined_at', 'is', null)
		.execute();
}

/** Notes that copies of what a person owes that were seen before are to go. */
export async function saveCopiesEnded(trx: Trx, { owner, at }: { owner: PasskeyOwner; at: Date }): Promise<void> {
	await trx
		.updateTable('passkey_holder')
		.set({ copies_ended_at: at })
		.where(ownerColumn(owner), '=', owner.id)
		.execute();
}

/** Since when copies that a cardholder's passkey opens are to go; undefined where there is no such passkey any more. */
export async function findCopiesEnded(
	db: DbOrTrx,
	credentialId: Buffer,
): Promise<{ copiesEndedAt: Date | null } | undefined> {
	return db
		.selectFrom('passkey')
		.innerJoin('passkey_holder', 'passkey_holder.cardholder_id', 'passkey.cardholder_id')
		.select('passkey_holder.copies_ended_at as copiesEndedAt')
		.where('passkey.credential_id', '=', credentialId)
		.where('passkey.removed_at', 'is', null)
		.executeTakeFirst();
}

export async function findPasskeySetting(db: DbOrTrx): Promise<Record<string, unknown> | undefined> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', 'passkeys').executeTakeFirst();
	return row?.value as Record<string, unknown> | undefined;
}
