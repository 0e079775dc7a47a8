import { sql } from 'kysely';
import type { Status } from '#lib/domain/application/status.ts';
import type { Owner } from '#lib/server/application/application.repository.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { KEPT_PLAN } from '#lib/server/db/kept-plan.ts';

/** How an application stands, as pages beside it tell: much less than the whole of it. */
export interface ApplicationStanding {
	readonly status: Status;
	readonly reference: string;
	/** What is done of it, by which the page is chosen on which a draft goes on; a plan is one that was chosen or asked for. */
	readonly done: { readonly reason: boolean; readonly evidence: boolean; readonly plan: boolean };
}

/** The standing of the owner's newest application that was not withdrawn. */
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
