import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import type { RequestForm, RequestReason } from '#lib/domain/application/information-request.ts';
import type { Day } from '#lib/domain/day.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** How a request ended. */
export type RequestEnd = 'answered' | 'lapsed' | 'withdrawn';

/** What was asked of a cardholder, and what became of it. */
export interface RequestRow {
	readonly id: string;
	readonly applicationId: string;
	readonly staffName: string;
	readonly words: string;
	readonly askedAt: Date;
	readonly dueOn: Day;
	readonly closedAt: Date | null;
	readonly closedAs: RequestEnd | null;
	/** When its words and answers were erased; null while they are kept. */
	readonly erasedAt: Date | null;
}

/** One thing asked, with the answer so far. */
export interface ItemRow {
	readonly requestId: string;
	readonly position: number;
	readonly what: 'evidence' | 'answer';
	readonly kind: EvidenceKind | null;
	readonly reason: RequestReason;
	readonly words: string;
	readonly answer: string;
}

export async function insertRequest(
	trx: Trx,
	request: RequestForm & { applicationId: string; staffId: string; fence: number; at: Date },
): Promise<string> {
	const { applicationId, staffId, fence, words, at, dueOn, items } = request;
	const { id } = await trx
		.insertInto('information_request')
		.values({ application_id: applicationId, staff_id: staffId, fence, words, asked_at: at, due_on: dueOn })
		.returning('id')
		.executeTakeFirstOrThrow();
	await trx
		.insertInto('information_item')
		.values(
			items.map((item, index) => ({
				request_id: id,
				application_id: applicationId,
				position: index + 1,
				what: item.what,
				kind: item.kind,
				reason: item.reason,
				words: item.words,
			})),
		)
		.execute();
	return id;
}

/** The request that somebody made by one taking of the case. */
export async function selectRequestOf(
	db: DbOrTrx,
	{ applicationId, staffId, fence }: { applicationId: string; staffId: string; fence: number },
): Promise<{ id: string; dueOn: Day; words: string } | undefined> {
	return db
		.selectFrom('information_request')
		.select(['id', 'due_on as dueOn', 'words'])
		.where('application_id', '=', applicationId)
		.where('staff_id', '=', staffId)
		.where('fence', '=', fence)
		.executeTakeFirst();
}

/** Every request on an application, oldest first. Whose application it is, the caller has asked before. */
export async function selectRequests(db: DbOrTrx, applicationId: string): Promise<RequestRow[]> {
	return requests(db).where('q.application_id', '=', applicationId).orderBy('q.asked_at').execute();
}

/** What the requests on an application ask for. */
export async function selectItems(db: DbOrTrx, applicationId: string): Promise<ItemRow[]> {
	return db
		.selectFrom('information_item')
		.select(['request_id as requestId', 'position', 'what', 'kind', 'reason', 'words', 'answer'])
		.where('application_id', '=', applicationId)
		.orderBy('request_id')
		.orderBy('position')
		.execute();
}

/** The request that waits for the cardholder; its application is locked before, and that keeps it. */
export async function findOpenRequest(db: DbOrTrx, applicationId: string): Promise<RequestRow | undefined> {
	return requests(db).where('q.application_id', '=', applicationId).where('q.closed_at', 'is', null).executeTakeFirst();
}

export async function saveAnswer(
	trx: Trx,
	{ requestId, position, answer, at }: { requestId: string; position: number; answer: string; at: Date },
): Promise<void> {
	await trx
		.updateTable('information_item')
		.set({ answer, answered_at: answer === '' ? null : at })
		.where('request_id', '=', requestId)
		.where('position', '=', position)
		.where('what', '=', 'answer')
		.execute();
}

export async function saveEnd(
	trx: Trx,
	{ requestId, as, at }: { requestId: string; as: RequestEnd; at: Date },
): Promise<void> {
	await trx
		.updateTable('information_request')
		.set({ closed_at: at, closed_as: as })
		.where('id', '=', requestId)
		.execute();
}

/** The applications whose cardholder's day was before today, the longest first; so many. */
export async function listOverdueRequests(db: DbOrTrx, today: Day, most: number): Promise<string[]> {
	const rows = await db
		.selectFrom('information_request')
		.select('application_id')
		.where('closed_at', 'is', null)
		.where('due_on', '<', today)
		.orderBy('due_on')
		.limit(most)
		.execute();
	return rows.map(({ application_id }) => application_id);
}

function requests(db: DbOrTrx) {
	return db
		.selectFrom('information_request as q')
		.leftJoin('staff as s', 's.id', 'q.staff_id')
		.select(['q.id', 'q.application_id as applicationId', 'q.words', 'q.asked_at as askedAt', 'q.due_on as dueOn'])
		.select((eb) => eb.fn.coalesce('s.name', eb.val('')).as('staffName'))
		.select(['q.closed_at as closedAt', 'q.closed_as as closedAs', 'q.erased_at as erasedAt']);
}
