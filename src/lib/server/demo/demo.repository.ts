import { sql } from 'kysely';
import type { Day } from '#lib/domain/day.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** What the migrations put there stays: rules, products and policies are no part of the book. */
const KEPT = [
	...['kysely_migration', 'kysely_migration_lock', 'policy', 'product', 'product_name'],
	...['setting', 'application_move'],
];

/**
 * Empties the database of everything but its rules, the logs too, and returns where the files of the evidence lie. Only the
 * owner of the tables can: the logs let nobody else empty them.
 */
export async function emptyDatabase(db: Db): Promise<string[]> {
	return db.transaction().execute(async (trx) => {
		const { rows: tables } = await sql<{ name: string }>`
			select tablename as name from pg_tables
			where schemaname = 'public' and tablename <> all (${KEPT})`.execute(trx);
		const { rows: files } = await sql<{ key: string }>`
			select storage_key as key from evidence where storage_key is not null
			union all select storage_key from evidence_piece
			union all select thumbnail_key from evidence where thumbnail_key is not null`.execute(trx);
		const names = sql.join(tables.map(({ name }) => sql.table(name)));
		await sql`alter table audit_log disable trigger audit_log_never_emptied`.execute(trx);
		await sql`alter table audit_seal disable trigger audit_seal_never_emptied`.execute(trx);
		await sql`truncate ${names} restart identity`.execute(trx);
		await sql`alter table audit_log enable trigger audit_log_never_emptied`.execute(trx);
		await sql`alter table audit_seal enable trigger audit_seal_never_emptied`.execute(trx);
		await sql`alter sequence application_number restart`.execute(trx);
		await sql`alter sequence agreement_number restart`.execute(trx);
		await sql`alter sequence agreement_number restart`.execute(trx);
		return files.map(({ key }) => key);
	});
}

/**
 * Moves the approval of an owner's agreement to a day of the past, with everything that tells of that day; only the owner of
 * the tables can, since decisions and events never change.
 */
export async function backdateApproval(
	db: Db,
	owner: { readonly accountId: string; readonly cardholderId: string },
	{ on, at }: { on: Day; at: Date },
): Promise<void> {
	await db.transaction().execute(async (trx) => {
		const { id, applicationId } = await trx
			.selectFrom('agreement')
			.select(['id', 'application_id as applicationId'])
			.where('account_id', '=', owner.accountId)
			.where('cardholder_id', '=', owner.cardholderId)
			.executeTakeFirstOrThrow();
		await sql`alter table decision disable trigger decision_never_changes`.execute(trx);
		await sql`alter table agreement_event disable trigger agreement_event_never_changes`.execute(trx);
		await sql`update decision set decided_at = ${at} where application_id = ${applicationId}`.execute(trx);
		await sql`update application set decided_at = ${at}, updated_at = ${at} where id = ${applicationId}`.execute(trx);
		await sql`update review set taken_at = ${at}, closed_at = ${at} where application_id = ${applicationId}`.execute(
			trx,
		);
		await sql`
			update agreement set offered_at = ${at}::timestamptz, sign_by = ${at}::timestamptz + (sign_by - offered_at)
			where id = ${id}`.execute(trx);
		await sql`update agreement_event set at = ${at}, occurred_on = ${on} where agreement_id = ${id}`.execute(trx);
		await sql`alter table decision enable trigger decision_never_changes`.execute(trx);
		await sql`alter table agreement_event enable trigger agreement_event_never_changes`.execute(trx);
	});
}

/** The confirmation that is about an agreement. */
export async function findConfirmationOf(db: Db, agreementId: string): Promise<string> {
	const { id } = await db
		.selectFrom('confirmation')
		.select('id')
		.where('subject_id', '=', agreementId)
		.executeTakeFirstOrThrow();
	return id;
}

/** What is on its way to somebody is not sent: it was told long ago. */
export async function dropMessagesTo(db: Db, cardholderId: string): Promise<void> {
	await db
		.updateTable('outbox_message')
		.set({ status: 'dropped' })
		.where('cardholder_id', '=', cardholderId)
		.where('status', '=', 'queued')
		.execute();
}
