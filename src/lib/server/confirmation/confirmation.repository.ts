import type { Challenge } from '#lib/domain/access/code.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** What a confirmation is about: the text with this hash, of this agreement or counter-offer, for this person. */
export interface Subject {
	readonly cardholderId: string;
	readonly accountId: string;
	readonly purpose: 'sign_agreement' | 'accept_counter_offer';
	readonly subjectId: string;
	/** SHA-256 of what is agreed to. */
	readonly subjectHash: Buffer;
}

/** A code on its way from being asked for to being used. */
export interface ConfirmationRow extends Challenge {
	readonly id: string;
	readonly cardholderId: string;
	readonly accountId: string;
	readonly subjectHash: Buffer;
	readonly codeSeed: Buffer;
}

export async function findConfirmation(db: DbOrTrx, id: string): Promise<ConfirmationRow | undefined> {
	return select(db).where('id', '=', id).executeTakeFirst();
}

/** The newest confirmation about exactly this, open or not, locked. */
export async function lockConfirmation(trx: Trx, subject: Subject): Promise<ConfirmationRow | undefined> {
	return about(trx, subject).forUpdate().executeTakeFirst();
}

/** The newest confirmation about exactly this, for the page that shows where it stands. */
export async function findConfirmationAbout(db: DbOrTrx, subject: Subject): Promise<ConfirmationRow | undefined> {
	return about(db, subject).executeTakeFirst();
}

export async function insertConfirmation(
	trx: Trx,
	confirmation: Subject & { codeSeed: Buffer; at: Date; expiresAt: Date },
): Promise<string> {
	const { id } = await trx
		.insertInto('confirmation')
		.values({
			cardholder_id: confirmation.cardholderId,
			account_id: confirmation.accountId,
			purpose: confirmation.purpose,
			subject_id: confirmation.subjectId,
			subject_hash: confirmation.subjectHash,
			code_seed: confirmation.codeSeed,
			created_at: confirmation.at,
			expires_at: confirmation.expiresAt,
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** Counts one more message and gives its code its time; the tries stay as they are. */
export async function recordConfirmationSend(
	trx: Trx,
	id: string,
	{ at, expiresAt }: { at: Date; expiresAt: Date },
): Promise<void> {
	await trx
		.updateTable('confirmation')
		.set((eb) => ({ sends: eb('sends', '+', 1), last_sent_at: at, expires_at: expiresAt }))
		.where('id', '=', id)
		.execute();
}

export async function recordConfirmationTry(trx: Trx, id: string): Promise<void> {
	await trx
		.updateTable('confirmation')
		.set((eb) => ({ tries: eb('tries', '+', 1) }))
		.where('id', '=', id)
		.execute();
}

export async function markConfirmationUsed(trx: Trx, id: string, at: Date): Promise<void> {
	await trx.updateTable('confirmation').set({ used_at: at, closed_at: at }).where('id', '=', id).execute();
}

function about(db: DbOrTrx, { cardholderId, accountId, purpose, subjectId, subjectHash }: Subject) {
	return select(db)
		.where('cardholder_id', '=', cardholderId)
		.where('account_id', '=', accountId)
		.where('purpose', '=', purpose)
		.where('subject_id', '=', subjectId)
		.where('subject_hash', '=', subjectHash)
		.orderBy('created_at', 'desc')
		.limit(1);
}

function select(db: DbOrTrx) {
	return db
		.selectFrom('confirmation')
		.select([
			'id',
			'cardholder_id as cardholderId',
			'account_id as accountId',
			'subject_hash as subjectHash',
			'code_seed as codeSeed',
			'sends',
			'last_sent_at as lastSentAt',
			'tries',
			'expires_at as expiresAt',
			'closed_at as closedAt',
		]);
}
