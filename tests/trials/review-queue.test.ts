import { beforeAll, expect, test } from 'vitest';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { fillQueue } from '../support/bench/fill-queue.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/staff.ts';

const WAITING = process.env['TRIALS'] === 'full' ? 10_000 : 1_000;
const AGENTS = 64;

const database = useDatabase();

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

test(`${String(AGENTS)} agents at once take ${String(WAITING)} applications: each is taken once, none twice, none left`, async () => {
	const { db, owner } = database;
	await fillQueue(owner, WAITING);
	const staff = await Promise.all(Array.from({ length: AGENTS }, (_, n) => makeStaff(db, `agent-${String(n)}`)));
	const taken: { applicationId: string; staffId: string }[] = [];
	const work = async (staffId: string) => {
		for (let claim = await claimNext(db, { staffId }); claim; claim = await claimNext(db, { staffId })) {
			const { applicationId } = claim;
			taken.push({ applicationId, staffId });
			// As a decision ends it; until then the same would be given again.
			await db
				.updateTable('review')
				.set({ closed_at: new Date(), lease_expires_at: null })
				.where('application_id', '=', applicationId)
				.execute();
		}
	};
	await Promise.all(staff.map(work));
	expect(taken).toHaveLength(WAITING);
	expect(new Set(taken.map(({ applicationId }) => applicationId)).size).toBe(WAITING);
	const left = await db.selectFrom('application').select('id').where('status', '<>', 'in_review').execute();
	expect(left).toEqual([]);
	// What the tables themselves tell: one taking of each, under the first fence, by whoever got it.
	const told = await db.selectFrom('review_taking').select(['application_id', 'staff_id', 'fence']).execute();
	expect(told.every(({ fence }) => fence === 1)).toBe(true);
	const pairs = (all: readonly string[]) => [...all].sort();
	expect(pairs(told.map((row) => `${row.application_id} ${row.staff_id}`))).toEqual(
		pairs(taken.map(({ applicationId, staffId }) => `${applicationId} ${staffId}`)),
	);
	expect(new Set(taken.map(({ staffId }) => staffId)).size).toBe(AGENTS);
});
