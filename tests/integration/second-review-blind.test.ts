import { beforeAll, expect, test } from 'vitest';
import type { Db } from '#lib/server/db/connect.ts';
import { findCaseAccess } from '#lib/server/review/case-access.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { getCase } from '#lib/server/review/read-case.ts';
import { listSecondLooks, readSecondCase } from '#lib/server/second-review/read-second-case.ts';
import { takeSecondLook } from '#lib/server/second-review/take-second-look.ts';
import { openCase } from '../../src/routes/(staff)/desk/[id]/open-case.ts';
import { GET as live } from '../../src/routes/(staff)/desk/live/+server.ts';
import { type Held, inHand } from '../support/case-in-hand.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/staff.ts';

const database = useDatabase();
let made = 0;

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

const supervisor = () => makeStaff(database.db, `blind-${String(++made)}`, 'supervisor');

/** Decides what an agent has in hand; it is drawn for a second look by the lot 0. */
async function decide({ order }: Held, lot = 0): Promise<void> {
	const outcome = await decideApplication(database.db, order, () => lot);
	if (!outcome.ok) throw new Error(outcome.refusal);
}

async function drawn(): Promise<Held> {
	const held = await inHand(database.db);
	await decide(held);
	return held;
}

/** What the routes to a case know of who asks. */
const asking = (staffId: string, applicationId: string) => ({
	locals: { db: database.db, staff: { id: staffId, role: 'supervisor' as const } },
	params: { id: applicationId },
});

const open = async (staffId: string, applicationId: string) =>
	openCase(asking(staffId, applicationId) as never).then(
		() => 'open',
		(refused: { status: number; location?: string }) => refused.location ?? refused.status,
	);

/** Reads the case on its ordinary page. */
async function readCase(db: Db, staffId: string, applicationId: string): Promise<void> {
	const access = await findCaseAccess(db, { applicationId, staff: { id: staffId, role: 'supervisor' } });
	if (!access?.maySee) throw new Error('the case is closed to them');
	await getCase(db, access, staffId);
}

const waits = async (staffId: string) =>
	(await listSecondLooks(database.db, staffId)).map(({ applicationId }) => applicationId);

test('who may take a second look sees the case nowhere else before it is answered', async () => {
	const { applicationId, staffId: decider } = await drawn();
	const staffId = await supervisor();
	const staff = { id: staffId, role: 'supervisor' } as const;
	expect(await findCaseAccess(database.db, { applicationId, staff })).toMatchObject({ isBlind: true, maySee: false });
	expect(await open(staffId, applicationId)).toBe(`/desk/${applicationId}/second?led`);
	const url = new URL(`http://desk/desk/live?case=${applicationId}`);
	const request = new Request(url, { method: 'HEAD' });
	const heard = async () => live({ ...asking(staffId, applicationId), url, request } as never);
	await expect(heard()).rejects.toMatchObject({ status: 404 });
	// Whoever decided it knows the outcome, and takes no second look.
	expect(await open(decider, applicationId)).toBe('open');

	expect(await readSecondCase(database.db, { staffId, applicationId })).toBeDefined();
	expect(await waits(staffId)).toContain(applicationId);
	const look = { staffId, applicationId, outcome: 'approved', reason: null, note: '' } as const;
	expect(await takeSecondLook(database.db, look)).toEqual({ ok: true });
	expect(await open(staffId, applicationId)).toBe('open');
	expect(await heard()).toMatchObject({ status: 200 });
});

test('who has read the outcome is not drawn, by the database either; who read the case only before is', async () => {
	const { db } = database;
	const held = await inHand(db);
	const { applicationId } = held;
	const [before, after] = [await supervisor(), await supervisor()];
	await readCase(db, before, applicationId);
	await decide(held, 9999);
	await readCase(db, after, applicationId);
	await database.owner
		.insertInto('second_review')
		.columns(['application_id', 'decision_id', 'drawn_at'])
		.expression((from) =>
			from
				.selectFrom('decision')
				.select(['application_id', 'id', 'decided_at'])
				.where('application_id', '=', applicationId),
		)
		.execute();
	expect(await waits(before)).toContain(applicationId);
	expect(await waits(after)).not.toContain(applicationId);
	expect(await open(after, applicationId)).toBe('open');
	const look = { staffId: after, applicationId, outcome: 'approved', reason: null, note: '' } as const;
	expect(await takeSecondLook(db, look)).toEqual({ ok: false, refusal: 'not_found' });
	const forced = db
		.updateTable('second_review')
		.set({ staff_id: after, outcome: 'approved', at: new Date() })
		.where('application_id', '=', applicationId);
	await expect(forced.execute()).rejects.toThrow('have read the outcome');
});

test('another case of the same person, whose page tells what became of this one, ends the second look at it', async () => {
	const { db } = database;
	const { applicationId, cardholderId } = await drawn();
	const other = await inHand(db);
	const staffId = await supervisor();
	expect(await waits(staffId)).toContain(applicationId);
	await readCase(db, staffId, other.applicationId);
	expect(await waits(staffId)).toContain(applicationId);
	await db
		.insertInto('audit_log')
		.values({
			actor_kind: 'staff',
			actor_id: staffId,
			action: 'application.viewed',
			subject_kind: 'application',
			subject_id: other.applicationId,
			cardholder_id: cardholderId,
			detail: '{}',
		})
		.execute();
	expect(await waits(staffId)).not.toContain(applicationId);
});
