import type { Day } from '#lib/domain/day.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** Who applied, as far as an agent needs it to compare with the evidence. */
export interface CaseCardholder {
	readonly name: string;
	readonly idLast4: string;
	readonly locale: string;
	/** Since when they have the card. */
	readonly accountOpenedOn: Day;
}

export async function getCaseCardholder(
	db: DbOrTrx,
	{ cardholderId, accountId }: { cardholderId: string; accountId: string },
): Promise<CaseCardholder> {
	return db
		.selectFrom('cardholder as h')
		.innerJoin('account as a', 'a.cardholder_id', 'h.id')
		.select(['h.name', 'h.id_last4 as idLast4', 'h.locale', 'a.opened_on as accountOpenedOn'])
		.where('h.id', '=', cardholderId)
		.where('a.id', '=', accountId)
		.executeTakeFirstOrThrow();
}

export async function findStaffName(db: DbOrTrx, staffId: string): Promise<string | undefined> {
	const row = await db.selectFrom('staff').select('name').where('id', '=', staffId).executeTakeFirst();
	return row?.name;
}

/** A line of the audit log about an application, with the name of whoever of the staff did it. */
export interface DeedRow {
	readonly action: string;
	readonly at: Date;
	readonly actorKind: string;
	readonly staffName: string | null;
}

export async function listDeeds(db: DbOrTrx, applicationId: string, actions: readonly string[]): Promise<DeedRow[]> {
	return db
		.selectFrom('audit_log as l')
		.select((eb) => [
			'l.action',
			'l.at',
			'l.actor_kind as actorKind',
			eb
				.selectFrom('staff as s')
				.select('s.name')
				.where('l.actor_kind', '=', 'staff')
				.whereRef((of) => of.cast<string>('s.id', 'text'), '=', 'l.actor_id')
				.as('staffName'),
		])
		.where('l.subject_kind', '=', 'application')
		.where('l.subject_id', '=', applicationId)
		.where('l.action', 'in', actions)
		.orderBy('l.id')
		.execute();
}

export async function listMessagesAbout(
	db: DbOrTrx,
	applicationId: string,
): Promise<{ template: string; at: Date; handedOverAt: Date | null }[]> {
	return db
		.selectFrom('outbox_message')
		.select(['template', 'created_at as at', 'handed_over_at as handedOverAt'])
		.where('application_id', '=', applicationId)
		.orderBy('created_at')
		.execute();
}

/** How many messages of a kind about an application were dropped before they went out. */
export async function countDropped(db: DbOrTrx, applicationId: string, template: string): Promise<number> {
	const row = await db
		.selectFrom('outbox_message')
		.select(({ fn }) => fn.countAll<number>().as('count'))
		.where('application_id', '=', applicationId)
		.where('template', '=', template)
		.where('status', '=', 'dropped')
		.executeTakeFirstOrThrow();
	return row.count;
}
