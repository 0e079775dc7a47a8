import { randomBytes } from 'node:crypto';
import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { type Held, inHand } from './case-in-hand.ts';

/** A page that is ready, or as the test says, in an application; its bytes are nowhere. */
export async function addPage(
	db: Db,
	{ applicationId, cardholderId }: { applicationId: string; cardholderId: string },
	{ kind = 'end_of_employment_letter', pageCount = 1, state = 'ready' }: PageOrder = {},
): Promise<string> {
	const { id } = await db
		.insertInto('evidence')
		.values({
			application_id: applicationId,
			cardholder_id: cardholderId,
			kind,
			file_name: 'letter.jpg',
			content_type: pageCount > 1 ? 'application/pdf' : 'image/jpeg',
			byte_size: 1_000,
			page_count: pageCount,
			state,
			...(state === 'ready' && { sha256: randomBytes(32), storage_key: randomBytes(16).toString('hex') }),
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

interface PageOrder {
	readonly kind?: EvidenceKind;
	readonly pageCount?: number;
	readonly state?: 'ready' | 'received';
}

/** A case in the hands of an agent with pages, and what their screen sends about the first. */
export async function pagesInHand(db: Db, orders: readonly PageOrder[] = [{}]) {
	const held: Held = await inHand(db);
	const pages: string[] = [];
	for (const order of orders) pages.push(await addPage(db, held, order));
	const { applicationId, staffId, order } = held;
	const about = (place = 0) => ({ applicationId, staffId, fence: order.fence, evidenceId: pages[place] ?? '' });
	const decision = { ...order, seen: { ...order.seen, evidence: pages } };
	return { ...held, pages, about, decision };
}

/** What was found on the pages of an application, what of its budget is marked, and what the audit log tells of both. */
export async function tracesOfPages(db: Db, applicationId: string) {
	const checks = await db
		.selectFrom('evidence_check')
		.select(['evidence_id as page', 'verdict', 'reason', 'words'])
		.where('application_id', '=', applicationId)
		.orderBy('at')
		.execute();
	const pins = await db
		.selectFrom('evidence_pin')
		.select(['line', 'evidence_id as page', 'page as sheet'])
		.where('application_id', '=', applicationId)
		.execute();
	const audit = await db
		.selectFrom('audit_log')
		.select('action')
		.where('subject_kind', '=', 'evidence')
		.where('detail', '@>', JSON.stringify({ applicationId }) as never)
		.orderBy('id')
		.execute();
	const messages = await db
		.selectFrom('outbox_message')
		.select(['id', 'status', 'not_before as notBefore'])
		.where('application_id', '=', applicationId)
		.where('template', '=', 'page_again')
		.orderBy('created_at')
		.execute();
	return { checks, pins, audit: audit.map(({ action }) => action), messages };
}
