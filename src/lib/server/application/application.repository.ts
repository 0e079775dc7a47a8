import { type Selectable, sql } from 'kysely';
import type { Reason } from '#lib/domain/application/reason.ts';
import type { Status } from '#lib/domain/application/status.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import { KEPT_PLAN } from '#lib/server/db/kept-plan.ts';
import type { Database } from '#lib/server/db/schema.ts';

/** A cardholder's view is always through one account of theirs; both stand in every query. */
export interface Owner {
	readonly cardholderId: string;
	readonly accountId: string;
}

/** What was typed into the lines of the budget, as it was typed: what is wrong in it is kept too, until it is mended. */
export type TypedBudget = Readonly<Record<string, string>>;

type Row = Selectable<Database['application']>;

/** An application as it stands. `version` grows with every change of the draft. */
export interface Application {
	readonly id: string;
	readonly reference: string;
	readonly accountId: string;
	readonly cardholderId: string;
	readonly status: Status;
	readonly version: number;
	readonly locale: string;
	readonly reason: Reason | null;
	readonly circumstances: string;
	readonly budget: TypedBudget;
	readonly quoteId: string | null;
	/** No plan fits: the person asks the bank for an offer. */
	readonly wantsOffer: boolean;
	/** The application that was taken back so that this could be changed and sent again. */
	readonly revisesId: string | null;
	readonly sensitiveConsentAt: Date | null;
	readonly consentedAt: Date | null;
	readonly createdAt: Date;
	/** The last change or move. */
	readonly updatedAt: Date;
	readonly submittedAt: Date | null;
	readonly decidedAt: Date | null;
	readonly withdrawnAt: Date | null;
	/** When the situation as it stands was typed. */
	readonly situationTypedAt: Date | null;
}

/** How an application stands, as pages beside it tell: much less than the whole of it. */
export interface ApplicationStanding {
	readonly status: Status;
	readonly reference: string;
	/** What is done of it, by which the page is chosen on which a draft goes on; a plan is one that was chosen or asked for. */
	readonly done: { readonly reason: boolean; readonly evidence: boolean; readonly plan: boolean };
}

function applicationOf(row: Row): Application {
	return {
		id: row.id,
		reference: row.reference,
		accountId: row.account_id,
		cardholderId: row.cardholder_id,
		status: row.status,
		version: row.version,
		locale: row.locale,
		reason: row.reason as Reason | null,
		circumstances: row.circumstances,
		budget: (row.budget ?? {}) as TypedBudget,
		quoteId: row.quote_id,
		wantsOffer: row.wants_offer,
		revisesId: row.revises_id,
		sensitiveConsentAt: row.sensitive_consent_at,
		consentedAt: row.consented_at,
		createdAt: row.created_at,
		updatedAt: row.updated_at,
		submittedAt: row.submitted_at,
		decidedAt: row.decided_at,
		withdrawnAt: row.withdrawn_at,
		situationTypedAt: row.situation_typed_at,
	};
}

/** The owner's newest application that was not withdrawn; a draft, one under way, or a decided one. */
export async function selectCurrentApplication(db: DbOrTrx, owner: Owner): Promise<Application | undefined> {
	const row = await ownedBy(db, owner)
		.where('status', '<>', 'withdrawn')
		.orderBy('created_at', 'desc')
		.limit(1)
		.executeTakeFirst();
	return row && applicationOf(row);
}

/** The same in what a page beside it tells of it. */
export async function selectStanding(
	db: DbOrTrx,
	{ accountId, cardholderId }: Owner,
): Promise<ApplicationStanding | undefined> {
	const { rows } = await sql<Pick<ApplicationStanding, 'status' | 'reference'> & ApplicationStanding['done']>`
		select status, reference, reason is not null as reason, wants_offer or quote_id is not null as plan,
			exists (select from evidence where application_id = application.id and removed_at is null) as evidence
		from application
		where account_id = ${accountId} and cardholder_id = ${cardholderId} and status <> 'withdrawn'
		order by created_at desc limit 1 ${KEPT_PLAN}`.execute(db);
	const [row] = rows;
	if (!row) return undefined;
	const { status, reference, ...done } = row;
	return { status, reference, done };
}

/** Every application of the owner's account, newest first. */
export async function selectApplications(db: DbOrTrx, owner: Owner): Promise<Application[]> {
	const rows = await ownedBy(db, owner).orderBy('created_at', 'desc').execute();
	return rows.map(applicationOf);
}

export async function selectApplication(db: DbOrTrx, id: string): Promise<Application | undefined> {
	const row = await db.selectFrom('application').selectAll().where('id', '=', id).executeTakeFirst();
	return row && applicationOf(row);
}

export async function lockApplicationRow(trx: Trx, id: string): Promise<Application | undefined> {
	const row = await trx.selectFrom('application').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
	return row && applicationOf(row);
}

/** The owner's open application (draft, submitted, in review or answered by an offer), locked; at most one stands for an account. */
export async function lockOpenApplication(trx: Trx, owner: Owner): Promise<Application | undefined> {
	const row = await ownedBy(trx, owner)
		.where('status', 'in', ['draft', 'submitted', 'in_review', 'more_requested', 'counter_offered'])
		.forUpdate()
		.executeTakeFirst();
	return row && applicationOf(row);
}

/** The owner's application by its id, locked. */
export async function lockOwnApplication(trx: Trx, owner: Owner, id: string): Promise<Application | undefined> {
	const row = await ownedBy(trx, owner).where('id', '=', id).forUpdate().executeTakeFirst();
	return row && applicationOf(row);
}

/** An application of somebody's, whichever account it is for, locked. */
export async function lockApplicationOf(trx: Trx, cardholderId: string, id: string): Promise<Application | undefined> {
	const row = await trx
		.selectFrom('application')
		.selectAll()
		.where('id', '=', id)
		.where('cardholder_id', '=', cardholderId)
		.forUpdate()
		.executeTakeFirst();
	return row && applicationOf(row);
}

/** Begins a draft; undefined where another request has just begun one for the account, or the account is another's. */
export async function insertDraft(trx: Trx, owner: Owner, locale: string, at: Date): Promise<Application | undefined> {
	const row = await trx
		.insertInto('application')
		.columns(['account_id', 'cardholder_id', 'locale', 'created_at', 'updated_at'])
		.expression((eb) =>
			eb
				.selectFrom('account')
				.select((from) => [
					'account.id',
					'account.cardholder_id',
					from.val(locale).as('locale'),
					from.cast<Date>(from.val(at), 'timestamptz').as('created_at'),
					from.cast<Date>(from.val(at), 'timestamptz').as('updated_at'),
				])
				.where('account.id', '=', owner.accountId)
				.where('account.cardholder_id', '=', owner.cardholderId),
		)
		.onConflict((conflict) => conflict.doNothing())
		.returningAll()
		.executeTakeFirst();
	return row && applicationOf(row);
}

/** What a draft may change. */
export interface DraftChange {
	readonly reason?: Reason | null;
	readonly circumstances?: string;
	readonly budget?: TypedBudget;
	readonly quoteId?: string | null;
	readonly wantsOffer?: boolean;
	readonly revisesId?: string;
	readonly sensitiveConsentAt?: Date | null;
	readonly consentedAt?: Date;
	readonly locale?: string;
	readonly situationTypedAt?: Date;
}

/** Writes a change of a locked draft and counts its version up. */
export async function updateDraft(trx: Trx, id: string, at: Date, change: DraftChange): Promise<void> {
	const { reason, circumstances, budget, quoteId, sensitiveConsentAt, consentedAt, locale, wantsOffer, revisesId } =
		change;
	const { situationTypedAt } = change;
	await trx
		.updateTable('application')
		.set((eb) => ({ version: eb('version', '+', 1), updated_at: at }))
		.$if(reason !== undefined, (query) => query.set({ reason: reason ?? null }))
		.$if(circumstances !== undefined, (query) => query.set({ circumstances: circumstances ?? '' }))
		.$if(budget !== undefined, (query) => query.set({ budget: JSON.stringify(budget) }))
		.$if(quoteId !== undefined, (query) => query.set({ quote_id: quoteId ?? null }))
		.$if(wantsOffer !== undefined, (query) => query.set({ wants_offer: wantsOffer ?? false }))
		.$if(revisesId !== undefined, (query) => query.set({ revises_id: revisesId ?? null }))
		.$if(sensitiveConsentAt !== undefined, (query) => query.set({ sensitive_consent_at: sensitiveConsentAt ?? null }))
		.$if(consentedAt !== undefined, (query) => query.set({ consented_at: consentedAt ?? null }))
		.$if(situationTypedAt !== undefined, (query) => query.set({ situation_typed_at: situationTypedAt ?? null }))
		.$if(locale !== undefined, (query) => query.set({ locale: locale ?? 'zh-CN' }))
		.where('id', '=', id)
		.execute();
}

/** Gives a locked application another of its quotes as its plan. */
export async function updateQuote(trx: Trx, id: string, quoteId: string): Promise<void> {
	await trx.updateTable('application').set({ quote_id: quoteId }).where('id', '=', id).execute();
}

/** The drafts that nobody changed since an instant, the oldest first; so many. */
export async function listDraftsUnchangedSince(db: DbOrTrx, since: Date, most: number): Promise<string[]> {
	const rows = await db
		.selectFrom('application')
		.select('id')
		.where('status', '=', 'draft')
		.where('updated_at', '<=', since)
		.orderBy('updated_at')
		.limit(most)
		.execute();
	return rows.map(({ id }) => id);
}

export async function findDraftSetting(db: DbOrTrx): Promise<object | undefined> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', 'draft').executeTakeFirst();
	return row?.value;
}

/** Writes a move of a locked application with the instant that belongs to it. */
export async function updateStatus(trx: Trx, id: string, to: Status, at: Date): Promise<void> {
	const decided = to === 'approved' || to === 'declined';
	await trx
		.updateTable('application')
		.set({ status: to, updated_at: at })
		// A review that is given back is submitted again; the cardholder sent it when they sent it.
		.$if(to === 'submitted', (query) =>
			// What was decided is open again where the cardholder objects.
			query.set((eb) => ({ submitted_at: eb.fn.coalesce('submitted_at', eb.val(at)), decided_at: null })),
		)
		.$if(decided, (query) => query.set({ decided_at: at }))
		.$if(to === 'withdrawn', (query) => query.set({ withdrawn_at: at }))
		.where('id', '=', id)
		.modifyEnd(KEPT_PLAN)
		.execute();
}

function ownedBy(db: DbOrTrx, owner: Owner) {
	return db
		.selectFrom('application')
		.selectAll()
		.where('account_id', '=', owner.accountId)
		.where('cardholder_id', '=', owner.cardholderId);
}
