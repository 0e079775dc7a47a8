import { beforeAll, expect, test } from 'vitest';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { assignReview } from '#lib/server/review/assign-review.ts';
import { findCaseAccess } from '#lib/server/review/case-access.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { getCase } from '#lib/server/review/read-case.ts';
import { recallReview } from '#lib/server/review/recall-review.ts';
import { listSecondLooks, readSecondCase } from '#lib/server/second-review/read-second-case.ts';
import { takeSecondLook } from '#lib/server/second-review/take-second-look.ts';
import { inHand } from '../support/case-in-hand.ts';
import { useDatabase } from '../support/database.ts';
import { askForSecond, proposed, takenBySupervisor } from '../support/second-approver.ts';
import { confirmedSession, makeStaff } from '../support/staff.ts';

const database = useDatabase();
const NOTE = 'Off sick since this morning.';
let made = 0;

beforeAll(async () => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
	await askForSecond(database, true);
});

const supervisor = () => makeStaff(database.db, `recalls-${String(++made)}`, 'supervisor');
const recall = (staffId: string, { applicationId, fence }: { applicationId: string; fence: number }, note = NOTE) =>
	recallReview(database.db, { staffId, applicationId, fence, note });

test('a second approval in the hands of somebody ill goes back to its place, and only a third person can be given it', async () => {
	const { db } = database;
	const held = await proposed(db);
	const ill = await takenBySupervisor(db, held.order);
	const by = await supervisor();
	const other = await supervisor();
	expect(await recall(by, ill, ' ')).toEqual({ ok: false, refusal: 'note_missing' });
	expect(await recall(by, ill)).toEqual({ ok: true });
	// What they had open can write nothing more, and it still waits for a second.
	expect(await decideApplication(db, ill.order)).toMatchObject({ ok: false });
	const { applicationId } = held;
	expect(await assignReview(db, { staffId: by, applicationId, to: held.staffId })).toMatchObject({ ok: false });
	expect(await assignReview(db, { staffId: by, applicationId, to: other })).toEqual({ ok: true });
	// Set apart for one who then falls ill, it is set apart for another as any case is.
	expect(await assignReview(db, { staffId: by, applicationId, to: null })).toEqual({ ok: true });
	expect(await assignReview(db, { staffId: by, applicationId, to: other })).toEqual({ ok: true });
	const claim = await claimNext(db, { staffId: other });
	expect(claim?.applicationId).toBe(applicationId);
	const sessionId = await confirmedSession(db, other);
	const second = { ...held.order, staffId: other, sessionId, fence: claim?.fence ?? 0 };
	expect(await decideApplication(db, second)).toMatchObject({ ok: true, step: 'seconded' });
	const audited = await db
		.selectFrom('audit_log')
		.select(['actor_id', 'detail'])
		.where('subject_id', '=', applicationId)
		.where('action', '=', 'review.recalled')
		.execute();
	expect(audited).toMatchObject([{ actor_id: by, detail: { from: ill.staffId, fence: ill.fence } }]);
});

test('nobody takes a second look out of the hands of whoever checks their own first, and no agent takes any', async () => {
	const { db } = database;
	const held = await proposed(db);
	const second = await takenBySupervisor(db, held.order);
	expect(await recall(held.staffId, second)).toEqual({ ok: false, refusal: 'not_supervisor' });
	await db.updateTable('staff').set({ role: 'supervisor' }).where('id', '=', held.staffId).execute();
	expect(await recall(held.staffId, second)).toEqual({ ok: false, refusal: 'too_close' });
	expect(await recall(second.staffId, second)).toEqual({ ok: false, refusal: 'own_hands' });
	const by = await supervisor();
	expect(await recall(by, { ...second, fence: second.fence - 1 })).toEqual({ ok: false, refusal: 'not_in_hand' });
	expect(await recall(by, second)).toEqual({ ok: true });
	expect(await recall(by, second)).toEqual({ ok: false, refusal: 'not_in_hand' });
});

test('a blind look lies with nobody: one who opened it and fell ill keeps it from nobody, but who has read the outcome gets none', async () => {
	const { db } = database;
	await askForSecond(database, false);
	const held = await inHand(db);
	const { applicationId } = held;
	const reader = await supervisor();
	const ill = await supervisor();
	const well = await supervisor();
	expect(await decideApplication(db, held.order, () => 0)).toMatchObject({ ok: true });
	await readSecondCase(db, { staffId: ill, applicationId });
	const waits = async (staffId: string) =>
		(await listSecondLooks(db, staffId)).some((look) => look.applicationId === applicationId);
	expect(await waits(well)).toBe(true);
	await db.transaction().execute((trx) =>
		appendAudit(trx, {
			actor: { kind: 'staff', id: reader },
			action: 'application.viewed',
			subjectKind: 'application',
			subjectId: applicationId,
			cardholderId: held.cardholderId,
		}),
	);
	expect(await waits(reader)).toBe(false);
	const look = { applicationId, outcome: 'approved', reason: null, note: '' } as const;
	expect(await takeSecondLook(db, { ...look, staffId: reader })).toMatchObject({ ok: false });
	expect(await takeSecondLook(db, { ...look, staffId: well })).toEqual({ ok: true });
	expect(await waits(ill)).toBe(false);
});

test('who looked into a proposal to take it out of somebody’s hands takes no blind look at what came of it', async () => {
	const { db } = database;
	await askForSecond(database, true);
	const held = await proposed(db);
	const { applicationId } = held;
	const ill = await takenBySupervisor(db, held.order);
	const by = await supervisor();
	const access = await findCaseAccess(db, { applicationId, staff: { id: by, role: 'supervisor' } });
	if (!access?.maySee) throw new Error('a supervisor sees what is in hand');
	await getCase(db, access, by);
	expect(await recall(by, ill)).toEqual({ ok: true });
	const second = await takenBySupervisor(db, held.order);
	expect(await decideApplication(db, second.order, () => 0)).toMatchObject({ ok: true, step: 'seconded' });
	expect(await listSecondLooks(db, by)).toEqual([]);
	expect(await listSecondLooks(db, await supervisor())).toMatchObject([{ applicationId }]);
});
