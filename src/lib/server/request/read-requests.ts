import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import { isBrought, type RequestItem } from '#lib/domain/application/information-request.ts';
import type { Day } from '#lib/domain/day.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import type { ListedEvidence } from '#lib/server/evidence/list-evidence.ts';
import {
	type ItemRow,
	type RequestRow,
	selectItems,
	selectRequestOf,
	selectRequests,
} from '#lib/server/request/request.repository.ts';

/** A thing asked, and whether it is there. */
export type ReadItem = Omit<ItemRow, 'requestId'> & { readonly isBrought: boolean };

/** A request with what it asks; the last of an application is the one that counts. */
export interface ReadRequest extends RequestRow {
	readonly items: readonly ReadItem[];
}

/** Every request on an application, oldest first. Whose application it is, the caller has asked before. */
export async function listRequests(
	db: DbOrTrx,
	{ applicationId, evidence }: { applicationId: string; evidence: readonly ListedEvidence[] },
): Promise<ReadRequest[]> {
	const requests = await selectRequests(db, applicationId);
	if (requests.length === 0) return [];
	const items = await selectItems(db, applicationId);
	const pages = evidence.filter(({ state }) => state !== 'refused');
	return requests.map((request) => ({
		...request,
		items: items
			.filter(({ requestId }) => requestId === request.id)
			.map(({ requestId: _, ...item }) => ({
				...item,
				isBrought: isBrought(item, { pages, askedAt: request.askedAt }),
			})),
	}));
}

/** What somebody asked by one taking of a case; undefined where nothing. */
export async function findAskedBy(
	db: DbOrTrx,
	taking: { applicationId: string; staffId: string; fence: number },
): Promise<{ dueOn: Day; words: string; items: RequestItem[] } | undefined> {
	const request = await selectRequestOf(db, taking);
	if (!request) return undefined;
	const items = (await selectItems(db, taking.applicationId)).filter(({ requestId }) => requestId === request.id);
	return { ...request, items: items as RequestItem[] };
}

/** The kinds of which pages are asked for now. */
export async function listAskedKinds(db: DbOrTrx, applicationId: string): Promise<EvidenceKind[]> {
	const open = (await selectRequests(db, applicationId)).find(({ closedAt }) => closedAt === null);
	if (!open) return [];
	return kindsOf((await selectItems(db, applicationId)).filter(({ requestId }) => requestId === open.id));
}

/** The request among an application's that waits for its cardholder. */
export function openOf(requests: readonly ReadRequest[]): ReadRequest | undefined {
	return requests.find(({ closedAt }) => closedAt === null);
}

/** Of which kinds it asks for pages. */
export function kindsOf(items: readonly Pick<ItemRow, 'kind'>[]): EvidenceKind[] {
	return items.flatMap(({ kind }) => kind ?? []);
}
