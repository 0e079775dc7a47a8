import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

export async function findNumberChangeSetting(db: DbOrTrx): Promise<unknown> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', 'number_change').executeTakeFirst();
	return row?.value;
}

/** A cardholder's number, locked against another change of it; undefined where there is no such person. */
export async function lockPhone(trx: Trx, cardholderId: string): Promise<string | undefined> {
	const row = await trx
		.selectFrom('cardholder')
		.select('phone')
		.where('id', '=', cardholderId)
		.forNoKeyUpdate()
		.executeTakeFirst();
	return row?.phone;
}

/** A request that nobody has answered. Both numbers are whole: they are masked before they leave the feature. */
export interface OpenChangeRow {
	readonly id: string;
	readonly cardholderId: string;
	readonly oldPhone: string;
	readonly newPhone: string;
	readonly proofs: readonly string[];
	readonly askedBy: string;
	readonly askedByName: string;
	readonly askedAt: Date;
	readonly expiresAt: Date;
	readonly mismatches: number;
}

/** The person's request that is still without an answer, whether its time has passed or not. */
export async function findOpenChange(db: DbOrTrx, cardholderId: string): Promise<OpenChangeRow | undefined> {
	return openChanges(db).where('change.cardholder_id', '=', cardholderId).executeTakeFirst();
}

/** The same, locked, so that it is answered once. */
export async function lockOpenChange(trx: Trx, cardholderId: string): Promise<OpenChangeRow | undefined> {
	return openChanges(trx).where('change.cardholder_id', '=', cardholderId).forUpdate(['change']).executeTakeFirst();
}

/** Requests that wait for a second person at an instant, the oldest first. */
export async function listOpenChanges(
	db: DbOrTrx,
	at: Date,
	most: number,
): Promise<(OpenChangeRow & { readonly name: string })[]> {
	return openChanges(db)
		.innerJoin('cardholder', 'cardholder.id', 'change.cardholder_id')
		.select('cardholder.name')
		.where('change.expires_at', '>', at)
		.orderBy('change.asked_at')
		.limit(most)
		.execute();
}

function openChanges(db: DbOrTrx) {
	return db
		.selectFrom('number_change as change')
		.innerJoin('staff', 'staff.id', 'change.asked_by')
		.select([
			'change.id',
			'change.cardholder_id as cardholderId',
			'change.old_phone as oldPhone',
			'change.new_phone as newPhone',
			'change.proofs',
			'change.asked_by as askedBy',
			'staff.name as askedByName',
			'change.asked_at as askedAt',
			'change.expires_at as expiresAt',
			'change.mismatches',
		])
		.where('change.outcome', 'is', null);
}

/** Whether somebody of the staff is of support and this cardholder is somebody else than they. */
export async function findIsOtherSupport(
	db: DbOrTrx,
	{ staffId, cardholderId }: { staffId: string; cardholderId: string },
): Promise<boolean> {
	const row = await db
		.selectFrom('staff')
		.select(['role', 'cardholder_id', 'disabled_at'])
		.where('id', '=', staffId)
		.executeTakeFirst();
	return row?.role === 'support' && row.disabled_at === null && row.cardholder_id !== cardholderId;
}

export async function insertChange(
	trx: Trx,
	change: {
		cardholderId: string;
		oldPhone: string;
		newPhone: string;
		proofs: readonly string[];
		askedBy: string;
		askedAt: Date;
		expiresAt: Date;
	},
): Promise<string> {
	const { id } = await trx
		.insertInto('number_change')
		.values({
			cardholder_id: change.cardholderId,
			old_phone: change.oldPhone,
			new_phone: change.newPhone,
			proofs: [...change.proofs],
			asked_by: change.askedBy,
			asked_at: change.askedAt,
			expires_at: change.expiresAt,
			outcome: null,
			answered_by: null,
			answered_at: null,
			held_until: null,
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** Writes the one answer that a request gets. */
export async function answerChange(
	trx: Trx,
	id: string,
	answer: {
		outcome: 'confirmed' | 'refused' | 'withdrawn' | 'expired';
		staffId: string | null;
		at: Date;
		heldUntil: Date | null;
	},
): Promise<void> {
	await trx
		.updateTable('number_change')
		.set({
			outcome: answer.outcome,
			answered_by: answer.staffId,
			answered_at: answer.at,
			held_until: answer.heldUntil,
		})
		.where('id', '=', id)
		.execute();
}

export async function countMismatch(trx: Trx, id: string): Promise<void> {
	await trx
		.updateTable('number_change')
		.set((eb) => ({ mismatches: eb('mismatches', '+', 1) }))
		.where('id', '=', id)
		.execute();
}

/** Gives a cardholder another number; what the core last said is kept, and stands against its next file. */
export async function updatePhone(trx: Trx, cardholderId: string, phone: string): Promise<void> {
	await trx
		.updateTable('cardholder')
		.set((eb) => ({ phone, core_phone: eb.fn.coalesce('core_phone', 'phone') }))
		.where('id', '=', cardholderId)
		.execute();
}

/** The last change of a person's number that was confirmed. */
export async function findLastConfirmed(
	db: DbOrTrx,
	cardholderId: string,
): Promise<{ changedAt: Date; heldUntil: Date } | undefined> {
	const row = await db
		.selectFrom('number_change')
		.select(['answered_at as changedAt', 'held_until as heldUntil'])
		.where('cardholder_id', '=', cardholderId)
		.where('outcome', '=', 'confirmed')
		.orderBy('answered_at', 'desc')
		.limit(1)
		.executeTakeFirst();
	const { changedAt, heldUntil } = row ?? {};
	return changedAt && heldUntil ? { changedAt, heldUntil } : undefined;
}

/** What was asked and answered about a person's number, the newest first. */
export async function listChanges(
	db: DbOrTrx,
	cardholderId: string,
	most: number,
): Promise<
	{
		askedAt: Date;
		askedByName: string;
		outcome: 'confirmed' | 'refused' | 'withdrawn' | 'expired' | null;
		answeredAt: Date | null;
		answeredByName: string | null;
		expiresAt: Date;
	}[]
> {
	return db
		.selectFrom('number_change as change')
		.innerJoin('staff as asker', 'asker.id', 'change.asked_by')
		.leftJoin('staff as answerer', 'answerer.id', 'change.answered_by')
		.select([
			'change.asked_at as askedAt',
			'asker.name as askedByName',
			'change.outcome',
			'change.answered_at as answeredAt',
			'answerer.name as answeredByName',
			'change.expires_at as expiresAt',
		])
		.where('change.cardholder_id', '=', cardholderId)
		.orderBy('change.asked_at', 'desc')
		.limit(most)
		.execute();
}
