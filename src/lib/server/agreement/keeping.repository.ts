import { sql } from 'kysely';
import type { AgreementStatus } from '#lib/domain/agreement/agreement-status.ts';
import type { Instalment, Payment } from '#lib/domain/agreement/kept-plan.ts';
import type { Day } from '#lib/domain/day.ts';
import type { AgreementEventKind, Owner } from '#lib/server/agreement/agreement.repository.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** A signed agreement as those who keep it find it. */
export interface SignedRow {
	readonly id: string;
	readonly reference: string;
	readonly applicationId: string;
	readonly accountId: string;
	readonly cardholderId: string;
	readonly quoteId: string;
	readonly status: AgreementStatus;
	readonly signedAt: Date;
	readonly endedAt: Date | null;
}

const SIGNED = [
	'id',
	'reference',
	'application_id as applicationId',
	'account_id as accountId',
	'cardholder_id as cardholderId',
	'quote_id as quoteId',
	'status',
	'signed_at as signedAt',
	'ended_at as endedAt',
] as const;

/** When the last import was finished: what it brought is all there from then on. The epoch where there was none. */
export async function findImportedAt(db: DbOrTrx): Promise<Date> {
	const row = await db
		.selectFrom('import_run')
		.select(sql<Date | null>`max(finished_at)`.as('at'))
		.executeTakeFirst();
	return row?.at ?? new Date(0);
}

/**
 * One plan that nobody looked at today, or not since the last import, locked; those that another process has in hand are
 * passed over. The plans of `except` are left for another time.
 */
export async function claimPlanToKeep(
	trx: Trx,
	{ today, importedAt, except }: { today: Day; importedAt: Date; except: readonly string[] },
): Promise<SignedRow | undefined> {
	const row = await trx
		.selectFrom('agreement')
		.select(SIGNED)
		.where('status', 'in', ['active', 'missed'])
		.where(sql<boolean>`(looked_on, looked_at) < (${today}::date, ${importedAt}::timestamptz)`)
		.where(sql<boolean>`id <> all (${except}::uuid[])`)
		.orderBy('looked_on')
		.orderBy('looked_at')
		.limit(1)
		.forUpdate()
		.skipLocked()
		.executeTakeFirst();
	return row && signedOf(row);
}

/** Notes that a plan was looked at. */
export async function markLooked(trx: Trx, id: string, today: Day, at: Date): Promise<void> {
	await trx.updateTable('agreement').set({ looked_on: today, looked_at: at }).where('id', '=', id).execute();
}

/** One agreement whose time to sign is over, locked; those that another process has in hand are passed over. */
export async function claimUnsigned(
	trx: Trx,
	at: Date,
): Promise<Pick<SignedRow, 'id' | 'accountId' | 'cardholderId'> | undefined> {
	return trx
		.selectFrom('agreement')
		.select(['id', 'account_id as accountId', 'cardholder_id as cardholderId'])
		.where('status', '=', 'offered')
		.where('sign_by', '<=', at)
		.orderBy('sign_by')
		.limit(1)
		.forUpdate()
		.skipLocked()
		.executeTakeFirst();
}

/** The owner's newest agreement that was signed, whatever became of it. */
export async function selectOwnSigned(db: DbOrTrx, owner: Owner): Promise<SignedRow | undefined> {
	const row = await db
		.selectFrom('agreement')
		.select(SIGNED)
		.where('account_id', '=', owner.accountId)
		.where('cardholder_id', '=', owner.cardholderId)
		.where('signed_at', 'is not', null)
		.orderBy('offered_at', 'desc')
		.limit(1)
		.executeTakeFirst();
	return row && signedOf(row);
}

/** The instalments as they were signed, in order. */
export async function selectInstalments(db: DbOrTrx, agreementId: string): Promise<Instalment[]> {
	return db
		.selectFrom('agreement_instalment')
		.select(['number', 'due_on as dueOn', 'principal', 'interest', 'accrued', 'total'])
		.where('agreement_id', '=', agreementId)
		.orderBy('number')
		.execute();
}

/** What was paid to an account from a day on. */
export async function selectPayments(db: DbOrTrx, accountId: string, from: Day): Promise<Payment[]> {
	return db
		.selectFrom('posting')
		.select(['posted_on as postedOn', 'amount'])
		.where('account_id', '=', accountId)
		.where('kind', '=', 'payment')
		.where('posted_on', '>=', from)
		.orderBy('seq')
		.execute();
}

/** What was written of an agreement, in order. */
export async function selectEvents(db: DbOrTrx, agreementId: string): Promise<EventRow[]> {
	const rows = await db
		.selectFrom('agreement_event')
		.select(['kind', 'instalment', 'occurred_on as occurredOn', 'detail', 'at'])
		.where('agreement_id', '=', agreementId)
		.orderBy('id')
		.execute();
	return rows.map((row) => ({ ...row, detail: row.detail as Readonly<Record<string, unknown>> }));
}

/** Something that happened to an agreement; `detail` holds the figures of an end. */
export interface EventRow {
	readonly kind: AgreementEventKind;
	readonly instalment: number | null;
	readonly occurredOn: Day;
	readonly detail: Readonly<Record<string, unknown>>;
	readonly at: Date;
}

/** How the bank keeps plans; the setting `agreements`, undefined where it was never set. */
export async function findKeepingSetting(db: DbOrTrx): Promise<Readonly<Record<string, unknown>> | undefined> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', 'agreements').executeTakeFirst();
	return row?.value as Readonly<Record<string, unknown>> | undefined;
}

function signedOf(row: Omit<SignedRow, 'signedAt'> & { signedAt: Date | null }): SignedRow {
	const { signedAt } = row;
	if (!signedAt) throw new Error('a plan that is kept was signed');
	return { ...row, signedAt };
}
