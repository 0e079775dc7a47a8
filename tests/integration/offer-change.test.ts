import { beforeAll, expect, test } from 'vitest';
import { findCurrentApplication, type Owner } from '#lib/server/application/draft.ts';
import { expireDrafts } from '#lib/server/application/expire-drafts.ts';
import { findTyped } from '#lib/server/application/find-typed.ts';
import { findWholeApplication } from '#lib/server/application/read-application.ts';
import { reviseApplication } from '#lib/server/application/revise-application.ts';
import { saveHardship } from '#lib/server/application/save-hardship.ts';
import { submitApplication } from '#lib/server/application/submit-application.ts';
import { withdrawApplication } from '#lib/server/application/withdraw-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { listEvidence } from '#lib/server/evidence/list-evidence.ts';
import { findCaseAccess } from '#lib/server/review/case-access.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { getCase } from '#lib/server/review/read-case.ts';
import { listBreaches } from '../support/breaches.ts';
import { type Held, inHand } from '../support/case-in-hand.ts';
import { offerOrder } from '../support/counter-offer.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/staff.ts';
import { type Applied, makeOverdueAccount, makeSubmittedApplication } from '../support/submitted-application.ts';

const database = useDatabase();
beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

let made = 5_000;
const ownerOf = ({ cardholderId, accountId }: Pick<Applied, 'cardholderId' | 'accountId'>): Owner => ({
	cardholderId,
	accountId,
});

const change = (owner: Owner, applicationId: string) =>
	reviseApplication(database.db, { owner, applicationId, today: today(), at: now() });

async function attach({ applicationId, cardholderId }: Applied): Promise<void> {
	await database.db
		.insertInto('evidence')
		.values({
			application_id: applicationId,
			cardholder_id: cardholderId,
			kind: 'payslip',
			file_name: '工资条.pdf',
			content_type: 'application/pdf',
			byte_size: 10,
			sha256: Buffer.alloc(32),
			storage_key: `key of ${applicationId}`,
			thumbnail_key: null,
			received_at: now(),
			removed_at: null,
		})
		.execute();
	await database.db
		.updateTable('application')
		.set({ sensitive_consent_at: now() })
		.where('id', '=', applicationId)
		.execute();
}

async function submitDraft(owner: Owner): Promise<string> {
	const draft = await findCurrentApplication(database.db, owner);
	const form = { applicationId: draft?.id ?? '', version: draft?.version ?? 0, consent: true };
	const outcome = await submitApplication(database.db, { owner, form, today: today(), at: now() });
	expect(outcome).toMatchObject({ ok: true });
	return form.applicationId;
}

test('changing a sent application takes it back and keeps all that was typed, its documents and its plan on today’s figures', async () => {
	const applied = await makeSubmittedApplication(database.db, ++made);
	const owner = ownerOf(applied);
	await attach(applied);
	const before = await findWholeApplication(database.db, owner);
	expect(await change(owner, applied.applicationId)).toEqual({ ok: true });
	const draft = await findWholeApplication(database.db, owner);
	expect(draft).toMatchObject({
		status: 'draft',
		revisesId: applied.applicationId,
		reason: 'illness_or_injury',
		circumstances: '住院三周。',
		budget: { lines: before?.budget.lines },
		consentedAt: null,
		quote: { plan: { productCode: 'personal-instalments', instalments: 12 } },
	});
	expect(draft?.sensitiveConsentAt).not.toBeNull();
	expect(draft?.quote?.id).not.toBe(before?.quote?.id);
	expect(draft?.evidence.map(({ fileName }) => fileName)).toEqual(['工资条.pdf']);
	expect(await listEvidence(database.db, applied.applicationId)).toEqual([]);
	const note = await database.db
		.selectFrom('audit_log')
		.select('detail')
		.where('subject_id', '=', applied.applicationId)
		.where('action', '=', 'application.revised')
		.executeTakeFirstOrThrow();
	expect(note.detail).toMatchObject({ by: draft?.id, evidence: draft?.evidence[0]?.id });
	expect(await listBreaches(database.db)).toEqual([]);
});

test('two taps at once are one new draft, and it comes back at the end of the queue', async () => {
	const applied = await makeSubmittedApplication(database.db, ++made);
	const owner = ownerOf(applied);
	const { applicationId } = applied;
	const outcomes = await Promise.all([1, 2, 3].map(() => change(owner, applicationId)));
	expect(outcomes.every(({ ok }) => ok)).toBe(true);
	const sent = await submitDraft(owner);
	const queue = await database.db
		.selectFrom('review')
		.select('application_id')
		.where('closed_at', 'is', null)
		.orderBy('queued_at', 'desc')
		.execute();
	expect(queue[0]?.application_id).toBe(sent);
	expect(queue.map(({ application_id }) => application_id)).not.toContain(applicationId);
	expect(await listBreaches(database.db)).toEqual([]);
});

test('whoever had it in hand can no longer decide it, and a stranger changes nothing', async () => {
	const held: Held = await inHand(database.db);
	const owner = ownerOf(held);
	const stranger = ownerOf(await makeOverdueAccount(database.db, ++made));
	expect(await change(stranger, held.applicationId)).toEqual({ ok: false, refusal: 'not_found' });
	expect(await change({ ...stranger, accountId: owner.accountId }, held.applicationId)).toEqual({
		ok: false,
		refusal: 'not_found',
	});
	expect(await change(owner, held.applicationId)).toEqual({ ok: true });
	expect(await decideApplication(database.db, held.order)).toMatchObject({ ok: false });
});

test('what is decided is not changed any more', async () => {
	const held = await inHand(database.db);
	expect(await decideApplication(database.db, held.order)).toMatchObject({ ok: true });
	expect(await change(ownerOf(held), held.applicationId)).toEqual({ ok: false, refusal: 'already_decided' });
});

test('an application with an offer can be changed too; the offer ends, and the desk sees version 2 with what differs', async () => {
	const db = database.db;
	const held = await inHand(db);
	const owner = ownerOf(held);
	await decideApplication(db, await offerOrder(db, { ...held, fence: held.order.fence }));
	expect(await change(owner, held.applicationId)).toEqual({ ok: true });
	const form = { reason: 'income_drop', circumstances: '住院三周。', budget: { wages: '5000', housing: '1800' } };
	await saveHardship(db, { owner, form, locale: 'zh-CN', at: now() });
	const applicationId = await submitDraft(owner);
	const staffId = await makeStaff(db, `second-${held.staffId}`);
	await claimNext(db, { staffId });
	const access = await findCaseAccess(db, { applicationId, staff: { id: staffId, role: 'agent' } });
	const shown = access && (await getCase(db, access, staffId));
	expect(shown?.revision).toMatchObject({
		number: 2,
		reference: held.reference,
		changes: [
			{ what: 'reason', before: 'illness_or_injury', after: 'income_drop' },
			{ what: 'budget', line: 'wages', before: 600_000, after: 500_000 },
			{ what: 'budget', line: 'food', before: 150_000, after: null },
		],
	});
	const offers = await db
		.selectFrom('counter_offer')
		.select('answer')
		.where('application_id', '=', held.applicationId)
		.execute();
	expect(offers).toEqual([{ answer: 'declined' }]);
});

test('a plan that is no longer offered is not carried over, and nothing else is lost', async () => {
	const applied = await makeSubmittedApplication(database.db, ++made);
	const owner = ownerOf(applied);
	const retire = (at: Date | null) =>
		database.db
			.updateTable('product')
			.set({ retired_at: at })
			.where('code', '=', 'personal-instalments')
			.where('version', '=', 1)
			.execute();
	await retire(now());
	try {
		expect(await change(owner, applied.applicationId)).toEqual({ ok: true });
	} finally {
		await retire(null);
	}
	expect(await findWholeApplication(database.db, owner)).toMatchObject({
		quote: undefined,
		reason: 'illness_or_injury',
	});
});

test('after a withdrawal the next application starts with what was typed', async () => {
	const applied = await makeSubmittedApplication(database.db, ++made);
	const owner = ownerOf(applied);
	await withdrawApplication(database.db, { owner, applicationId: applied.applicationId, at: now() });
	expect(await findTyped(database.db, owner)).toEqual({
		reason: 'illness_or_injury',
		circumstances: '住院三周。',
		budget: { wages: '6000', housing: '1800', food: '1500' },
	});
});

test('a draft is there on another phone, is kept 30 days from its last change, and then ends with what was in it', async () => {
	const db = database.db;
	const owner = ownerOf(await makeOverdueAccount(db, ++made));
	const form = { reason: 'disaster', circumstances: '洪水。', budget: { wages: '4000' } };
	await saveHardship(db, { owner, form, locale: 'zh-CN', at: now() });
	const draft = await findCurrentApplication(db, owner);
	// Nothing of it hangs on a session: whoever signs in as the same person goes on with it.
	expect(await findWholeApplication(db, { ...owner })).toMatchObject({ circumstances: '洪水。' });
	const changedAgo = (ms: number) =>
		db
			.updateTable('application')
			.set({ updated_at: new Date(now().getTime() - ms) })
			.where('id', '=', draft?.id ?? '')
			.execute();
	const days = 86_400_000;
	await changedAgo(30 * days - 60_000);
	await expireDrafts(db);
	expect((await findCurrentApplication(db, owner))?.status).toBe('draft');
	await changedAgo(30 * days);
	await Promise.all([expireDrafts(db), expireDrafts(db)]);
	expect(await findCurrentApplication(db, owner)).toBeUndefined();
	expect(await findTyped(db, owner)).toBeUndefined();
	const row = await db
		.selectFrom('application')
		.select(['status', 'circumstances', 'reason'])
		.where('id', '=', draft?.id ?? '')
		.executeTakeFirstOrThrow();
	expect(row).toEqual({ status: 'withdrawn', circumstances: '', reason: null });
	const audit = await db
		.selectFrom('audit_log')
		.select('action')
		.where('subject_id', '=', draft?.id ?? '')
		.where('action', '=', 'application.draft_expired')
		.execute();
	expect(audit).toHaveLength(1);
});
