import type { Selectable } from 'kysely';
import type { AgreementStatus } from '#lib/domain/agreement/agreement-status.ts';
import type { Day } from '#lib/domain/day.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import { KEPT_PLAN } from '#lib/server/db/kept-plan.ts';
import type { Database } from '#lib/server/db/schema.ts';

/** A cardholder's view is always through one account of theirs; both stand in every query. */
export interface Owner {
	readonly cardholderId: string;
	readonly accountId: string;
}

/** An agreement as it stands; its terms are its quote's. */
export interface Agreement {
	readonly id: string;
	readonly reference: string;
	readonly applicationId: string;
	readonly accountId: string;
	readonly cardholderId: string;
	readonly quoteId: string;
	readonly status: AgreementStatus;
	readonly offeredAt: Date;
	/** Until when it can be signed. */
	readonly signBy: Date;
	readonly signedAt: Date | null;
	readonly endedAt: Date | null;
}

/** What happened to an agreement. */
export type AgreementEventKind = Database['agreement_event']['kind'];

const COLUMNS = [
	'id',
	'reference',
	'application_id',
	'account_id',
	'cardholder_id',
	'quote_id',
	'status',
	'offered_at',
	'sign_by',
	'signed_at',
	'ended_at',
] as const;

function agreementOf(row: Pick<Selectable<Database['agreement']>, (typeof COLUMNS)[number]>): Agreement {
	return {
		id: row.id,
		reference: row.reference,
		applicationId: row.application_id,
		accountId: row.account_id,
		cardholderId: row.cardholder_id,
		quoteId: row.quote_id,
		status: row.status,
		offeredAt: row.offered_at,
		signBy: row.sign_by,
		signedAt: row.signed_at,
		endedAt: row.ended_at,
	};
}

export async function insertAgreement(
	trx: Trx,
	agreement: Pick<Agreement, 'applicationId' | 'accountId' | 'cardholderId' | 'quoteId' | 'offeredAt' | 'signBy'>,
): Promise<Agreement> {
	const row = await trx
		.insertInto('agreement')
		.values({
			application_id: agreement.applicationId,
			account_id: agreement.accountId,
			cardholder_id: agreement.cardholderId,
			quote_id: agreement.quoteId,
			offered_at: agreement.offeredAt,
			sign_by: agreement.signBy,
		})
		.returningAll()
		.executeTakeFirstOrThrow();
	return agreementOf(row);
}

/** The owner's newest agreement, in whatever status. */
export async function selectOwnAgreement(db: DbOrTrx, owner: Owner): Promise<Agreement | undefined> {
	const row = await ownedBy(db, owner).orderBy('offered_at', 'desc').limit(1).modifyEnd(KEPT_PLAN).executeTakeFirst();
	return row && agreementOf(row);
}

/** Every agreement of a person, on whichever account, the newest first; so many. */
export async function selectAgreementsOf(
	db: DbOrTrx,
	cardholderId: string,
	most: number,
): Promise<(Agreement & { readonly cardLast4: string })[]> {
	const rows = await db
		.selectFrom('agreement as g')
		.innerJoin('account as a', 'a.id', 'g.account_id')
		.selectAll('g')
		.select('a.card_last4')
		.where('g.cardholder_id', '=', cardholderId)
		.orderBy('g.offered_at', 'desc')
		.limit(most)
		.execute();
	return rows.map(({ card_last4: cardLast4, ...row }) => ({ ...agreementOf(row), cardLast4 }));
}

/** The owner's agreement by its id, locked. */
export async function lockOwnAgreement(trx: Trx, owner: Owner, id: string): Promise<Agreement | undefined> {
	const row = await ownedBy(trx, owner).where('id', '=', id).forUpdate().executeTakeFirst();
	return row && agreementOf(row);
}

/** An agreement by its id, locked, for the jobs that keep it. */
export async function lockAgreementRow(trx: Trx, id: string): Promise<Agreement | undefined> {
	const row = await trx.selectFrom('agreement').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
	return row && agreementOf(row);
}

/** Writes a move of a locked agreement with the instant that belongs to it. */
export async function updateAgreementStatus(trx: Trx, id: string, to: AgreementStatus, at: Date): Promise<void> {
	const hasEnded = to === 'refused' || to === 'expired' || to === 'lapsed' || to === 'completed';
	await trx
		.updateTable('agreement')
		.set({ status: to })
		.$if(to === 'active', (query) => query.set((eb) => ({ signed_at: eb.fn.coalesce('signed_at', eb.val(at)) })))
		.$if(hasEnded, (query) => query.set({ ended_at: at }))
		.where('id', '=', id)
		.execute();
}

/** Writes what happened, for good; false where the same had happened before. */
export async function insertAgreementEvent(
	trx: Trx,
	event: {
		agreementId: string;
		kind: AgreementEventKind;
		occurredOn: Day;
		at: Date;
		instalment?: number;
		detail?: object;
	},
): Promise<boolean> {
	const result = await trx
		.insertInto('agreement_event')
		.values({
			agreement_id: event.agreementId,
			kind: event.kind,
			occurred_on: event.occurredOn,
			at: event.at,
			instalment: event.instalment ?? null,
			detail: JSON.stringify(event.detail ?? {}),
		})
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirst();
	return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

function ownedBy(db: DbOrTrx, owner: Owner) {
	return db
		.selectFrom('agreement')
		.select(COLUMNS)
		.where('account_id', '=', owner.accountId)
		.where('cardholder_id', '=', owner.cardholderId);
}
