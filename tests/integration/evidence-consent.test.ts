import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { now } from '#lib/server/clock.ts';
import { runAs } from '#lib/server/db/identity.ts';
import { rereadEnv } from '#lib/server/env.ts';
import { folderStorage } from '#lib/server/evidence/storage.ts';
import { withdrawConsentOf } from '#lib/server/evidence/withdraw-sensitive-consent.ts';
import { readWaitingOffer } from '#lib/server/offer/read-waiting-offer.ts';
import { listCaseEvents } from '#lib/server/review/case-events.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { type Held, inHand } from '../support/case-in-hand.ts';
import { offerOrder, waitingOffer } from '../support/counter-offer.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
/** Nothing is in it: these pages are rows alone. */
const storage = folderStorage(join(tmpdir(), 'portal-consent-test'));

beforeAll(() => {
	process.env.SECRET_KEY ??= 'a key for tests that is long enough';
	rereadEnv();
});

/** A case in an agent's hands with a hospital's certificate and a birth certificate, both seen by the agent. */
async function inReview(): Promise<Held & { sensitive: string; other: string }> {
	const { db, owner } = database;
	const held = await inHand(db);
	const { cardholderId, applicationId } = held;
	const page = { application_id: applicationId, cardholder_id: cardholderId, byte_size: 1, sha256: Buffer.alloc(32) };
	const photo = { ...page, content_type: 'image/jpeg', file_name: 'photo.jpg' } as const;
	const [sensitive, other] = await owner
		.insertInto('evidence')
		.values([
			{ ...photo, kind: 'hospital_certificate', storage_key: randomBytes(16).toString('hex') },
			{ ...photo, kind: 'birth_certificate', storage_key: randomBytes(16).toString('hex') },
		])
		.returning('id')
		.execute();
	await owner.updateTable('application').set({ sensitive_consent_at: now() }).where('id', '=', applicationId).execute();
	const seen = { ...held.order.seen, evidence: [sensitive?.id ?? '', other?.id ?? ''] };
	return { ...held, order: { ...held.order, seen }, sensitive: sensitive?.id ?? '', other: other?.id ?? '' };
}

/** As the person's own page does it, in their name. */
const takeBack = ({ cardholderId, applicationId }: { cardholderId: string; applicationId: string }) =>
	runAs({ cardholder: cardholderId }, () =>
		withdrawConsentOf(database.db, { cardholderId, applicationId, at: now(), storage }),
	);

const pagesOf = (id: string) =>
	database.db
		.selectFrom('evidence')
		.select(['kind', 'removal'])
		.where('application_id', '=', id)
		.orderBy('kind')
		.execute();

const ONLY_SENSITIVE_GONE = [
	{ kind: 'birth_certificate', removal: null },
	{ kind: 'hospital_certificate', removal: 'consent_withdrawn' },
];

test('taken back during a review, a decision in flight is refused as changed, and the review goes on without those pages', async () => {
	const held = await inReview();
	expect(await takeBack(held)).toEqual({ ok: true, removed: 1 });
	expect(await pagesOf(held.applicationId)).toEqual(ONLY_SENSITIVE_GONE);
	expect(await decideApplication(database.db, held.order)).toEqual({ ok: false, refusal: 'evidence_changed' });
	const { submitted_at: submittedAt, version } = await database.db
		.selectFrom('application')
		.select(['submitted_at', 'version'])
		.where('id', '=', held.applicationId)
		.executeTakeFirstOrThrow();
	expect(version).toBe(held.order.seen.version + 1);
	const events = await listCaseEvents(database.db, { applicationId: held.applicationId, submittedAt });
	expect(events.filter(({ kind }) => kind === 'consent_withdrawn')).toHaveLength(1);
	const seen = { ...held.order.seen, version, evidence: [held.other] };
	expect(await decideApplication(database.db, { ...held.order, seen })).toMatchObject({ ok: true });
});

test('taken back after the decision, the pages go and the decision stays as it was made', async () => {
	const held = await inReview();
	expect(await decideApplication(database.db, held.order)).toMatchObject({ ok: true });
	const decisions = () =>
		database.db.selectFrom('decision').selectAll().where('application_id', '=', held.applicationId).execute();
	const before = await decisions();
	expect(await takeBack(held)).toEqual({ ok: true, removed: 1 });
	expect(await pagesOf(held.applicationId)).toEqual(ONLY_SENSITIVE_GONE);
	expect(await decisions()).toEqual(before);
	// What was decided on is named by ids alone, which the rows that stay still answer to.
	expect(JSON.stringify(before[0]?.inputs)).toContain(held.sensitive);
	const { status } = await database.db
		.selectFrom('application')
		.select('status')
		.where('id', '=', held.applicationId)
		.executeTakeFirstOrThrow();
	expect(status).toBe('approved');
});

test('taken back while the bank waits for an answer, its offer stands', async () => {
	const held = await inReview();
	expect(
		await decideApplication(database.db, await offerOrder(database.db, { ...held, fence: held.order.fence })),
	).toMatchObject({ ok: true });
	expect(await takeBack(held)).toEqual({ ok: true, removed: 1 });
	const { cardholderId, accountId, applicationId } = held;
	const owner = { cardholderId, accountId };
	const offers = [await waitingOffer(database.db, owner)];
	const waiting = await readWaitingOffer(database.db, { owner, applicationId, offers, at: now() });
	expect(waiting?.standing).toBe('stands');
});

test('taken back twice, or for somebody else’s application, nothing more happens', async () => {
	const held = await inReview();
	const { cardholderId } = await inReview();
	const notFound = { ok: false, refusal: 'not_found' };
	expect(await takeBack({ ...held, cardholderId })).toEqual(notFound);
	const { applicationId } = held;
	expect(await withdrawConsentOf(database.db, { cardholderId, applicationId, at: now(), storage })).toEqual(notFound);
	expect((await pagesOf(held.applicationId)).map(({ removal }) => removal)).toEqual([null, null]);
	const [one, two] = await Promise.all([takeBack(held), takeBack(held)]);
	expect([one, two].map((outcome) => outcome.ok && outcome.removed).sort()).toEqual([0, 1]);
	const log = await database.db
		.selectFrom('audit_log')
		.select(['action', 'actor_kind'])
		.where('cardholder_id', '=', held.cardholderId)
		.where('action', 'in', ['evidence.erased', 'application.sensitive_consent_withdrawn'])
		.orderBy('id')
		.execute();
	expect(log).toEqual([
		{ action: 'evidence.erased', actor_kind: 'cardholder' },
		{ action: 'application.sensitive_consent_withdrawn', actor_kind: 'cardholder' },
	]);
});
