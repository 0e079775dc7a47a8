import { beforeAll, expect, test } from 'vitest';
import type { StaffRole } from '#lib/domain/access/permission.ts';
import { now } from '#lib/server/clock.ts';
import { findCaseAccess } from '#lib/server/review/case-access.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { listQueue } from '#lib/server/review/list-queue.ts';
import { getCase } from '#lib/server/review/read-case.ts';
import { readOverview } from '#lib/server/review/read-overview.ts';
import { releaseReview } from '#lib/server/review/release-review.ts';
import { GET } from '../../src/routes/(staff)/desk/[id]/evidence/+server.ts';
import { CHECKS, checksSeen } from '../support/checks.ts';
import { useDatabase } from '../support/database.ts';
import { confirmedSession, makeStaff } from '../support/staff.ts';
import { type Applied, makeSubmittedApplication } from '../support/submitted-application.ts';

const database = useDatabase();
let made = 0;

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

interface Person {
	readonly id: string;
	readonly role: StaffRole;
}

async function person(role: StaffRole): Promise<Person> {
	return { id: await makeStaff(database.db, `${role}-${String(++made)}`, role), role };
}

/** An application in the hands of an agent. */
async function inHand(): Promise<{ applied: Applied; holder: Person; fence: number }> {
	await database.db.updateTable('review').set({ closed_at: now() }).where('closed_at', 'is', null).execute();
	const applied = await makeSubmittedApplication(database.db, ++made);
	const holder = await person('agent');
	const claim = await claimNext(database.db, { staffId: holder.id });
	return { applied, holder, fence: claim?.fence ?? 0 };
}

const accessOf = async ({ applicationId }: Applied, staff: Person) => {
	const access = await findCaseAccess(database.db, { applicationId, staff });
	if (!access) throw new Error('not in the queue');
	const { hold, maySee, maySeeEvidence, takesAs } = access;
	return { hold, maySee, maySeeEvidence, takesAs };
};

const NOTHING = { maySee: false, maySeeEvidence: false, takesAs: undefined };

test('a case is open to whoever has it in hand, and to supervisors', async () => {
	const { applied, holder } = await inHand();
	expect(await accessOf(applied, holder)).toEqual({
		hold: 'yours',
		maySee: true,
		maySeeEvidence: true,
		takesAs: undefined,
	});
	expect(await accessOf(applied, await person('agent'))).toEqual({ hold: 'taken', ...NOTHING });
	expect(await accessOf(applied, await person('supervisor'))).toEqual({
		hold: 'taken',
		maySee: true,
		maySeeEvidence: true,
		takesAs: undefined,
	});
});

test('once the lease ran out its documents close, and its last holder may take it again', async () => {
	const { applied, holder } = await inHand();
	await database.db
		.updateTable('review')
		.set({ lease_expires_at: new Date(now().getTime() - 1000) })
		.where('application_id', '=', applied.applicationId)
		.execute();
	expect(await accessOf(applied, holder)).toEqual({
		hold: 'lapsed',
		maySee: true,
		maySeeEvidence: false,
		takesAs: 'again',
	});
	expect(await accessOf(applied, await person('agent'))).toEqual({ hold: 'waiting', ...NOTHING });
	expect(await accessOf(applied, await person('supervisor'))).toMatchObject({ hold: 'waiting', takesAs: 'own_choice' });
});

test('what was put back or decided by another is closed to an agent', async () => {
	const putBack = await inHand();
	const held = { staffId: putBack.holder.id, applicationId: putBack.applied.applicationId, fence: putBack.fence };
	await releaseReview(database.db, { ...held, note: 'A question for others.' });
	expect(await accessOf(putBack.applied, putBack.holder)).toEqual({ hold: 'waiting', ...NOTHING });

	const { applied, holder, fence } = await inHand();
	const access = await findCaseAccess(database.db, { applicationId: applied.applicationId, staff: holder });
	const { seen } = await getCase(database.db, access!, holder.id);
	const sessionId = await confirmedSession(database.db, holder.id);
	const order = { staffId: holder.id, sessionId, applicationId: applied.applicationId, fence, seen };
	const ticked = { checked: CHECKS, checksSeen: await checksSeen(database.db, applied.applicationId) };
	const decision = { outcome: 'approved', reason: null, words: '', note: '' } as const;
	expect(await decideApplication(database.db, { ...order, ...ticked, ...decision })).toMatchObject({ ok: true });
	expect(await accessOf(applied, holder)).toEqual({
		hold: 'closed',
		maySee: true,
		maySeeEvidence: false,
		takesAs: undefined,
	});
	expect(await accessOf(applied, await person('agent'))).toEqual({ hold: 'closed', ...NOTHING });
});

test('looking at a case is in the audit log, and what it shows is what a decision comes back with', async () => {
	const { applied, holder } = await inHand();
	const access = await findCaseAccess(database.db, { applicationId: applied.applicationId, staff: holder });
	const shown = await getCase(database.db, access!, holder.id);
	expect(shown).toMatchObject({
		cardholder: { name: '王小明', idLast4: '123X' },
		fit: 'fits',
		debt: { isPostedSince: false, today: { principal: 1_248_217 }, quoted: { principal: 1_248_217 } },
		application: { reason: 'illness_or_injury', missingEvidence: [{ need: 'reason' }, { need: 'income' }] },
	});
	expect(shown.events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['submitted', 'taken']));
	const looks = await database.db
		.selectFrom('audit_log')
		.select('actor_id')
		.where('action', '=', 'application.viewed')
		.where('subject_id', '=', applied.applicationId)
		.execute();
	expect(looks).toEqual([{ actor_id: holder.id }]);
});

test('a document is refused to whoever does not have its case in hand, before anything of it is read', async () => {
	const { applied, holder } = await inHand();
	const { id } = await database.db
		.insertInto('evidence')
		.values({
			application_id: applied.applicationId,
			cardholder_id: applied.cardholderId,
			kind: 'payslip',
			file_name: 'payslip.jpg',
			content_type: 'image/jpeg',
			byte_size: 1,
			sha256: Buffer.alloc(32),
			storage_key: `key-${applied.applicationId}`,
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	const ask = async (staff: Person, applicationId: string, evidence: string) => {
		const url = new URL(`https://bank.example/?document=${evidence}`);
		const event = { locals: { db: database.db, staff }, params: { id: applicationId }, url };
		try {
			return (await GET(event as unknown as Parameters<typeof GET>[0])).status;
		} catch (refusal) {
			return (refusal as { status?: number }).status;
		}
	};
	expect(await ask(await person('agent'), applied.applicationId, id)).toBe(404);
	expect(await ask(await person('support'), applied.applicationId, id)).toBe(404);
	expect(await ask(holder, 'not-an-id', id)).toBe(404);
	// A case of one's own opens no document of another's.
	const other = await inHand();
	expect(await ask(other.holder, other.applied.applicationId, id)).toBe(404);
	const looks = await database.db
		.selectFrom('audit_log')
		.select('id')
		.where('action', '=', 'evidence.opened')
		.where('subject_id', '=', id)
		.execute();
	expect(looks).toEqual([]);
});

test('the queue tells each agent what is theirs, and the overview lists what is in hand', async () => {
	const { applied, holder } = await inHand();
	const waiting = await makeSubmittedApplication(database.db, ++made);
	const other = await makeStaff(database.db, 'with-a-hand');
	await database.db
		.insertInto('application_hand')
		.values({ application_id: waiting.applicationId, staff_id: other, hand: 'made' })
		.execute();
	const statesFor = async (staffId: string) =>
		Object.fromEntries(
			(await listQueue(database.db, { staffId })).lines.map(({ reference, state }) => [reference, state]),
		);
	expect(await statesFor(holder.id)).toEqual({ [applied.reference]: 'yours', [waiting.reference]: 'waiting' });
	expect(await statesFor(other)).toEqual({ [applied.reference]: 'taken', [waiting.reference]: 'own' });
	const overview = await readOverview(database.db, { staffId: holder.id });
	expect(overview).toMatchObject({ inHand: [{ reference: applied.reference }], forSecond: [], aside: [] });
	expect(overview.inHand[0]?.amount).toBeGreaterThan(1_248_217);
});
