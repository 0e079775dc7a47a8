import fc from 'fast-check';
import { type Insertable, sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { now } from '#lib/server/clock.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { claimAgain } from '#lib/server/review/claim-again.ts';
import { type Held, inHand } from '../support/case-in-hand.ts';
import { useDatabase } from '../support/database.ts';
import { askForSecond } from '../support/second-approver.ts';
import { makeStaff } from '../support/staff.ts';

/** Past every rule of the application: what the tables themselves refuse. */
const database = useDatabase();

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

let fence = 1_000;

/** Notes a taking that the queue would have made, and returns its fence. */
async function taking({ applicationId }: Held, staffId: string, takenBy: 'queue' | 'own_choice' | 'again' = 'queue') {
	const row = { application_id: applicationId, fence: ++fence, staff_id: staffId, taken_by: takenBy, at: now() };
	await database.db.insertInto('review_taking').values(row).execute();
	return row.fence;
}

async function propose({ applicationId }: Held, firstStaffId: string, firstFence: number, quoteId?: string) {
	const { quote_id: own } = await database.db
		.selectFrom('application')
		.select('quote_id')
		.where('id', '=', applicationId)
		.executeTakeFirstOrThrow();
	const { id } = await database.db
		.insertInto('approval')
		.values({
			application_id: applicationId,
			proposes: 'approved',
			quote_id: quoteId ?? own,
			plan: '{}',
			first_staff_id: firstStaffId,
			fence: firstFence,
			words: '',
			note: '',
			checked: '[]',
			seen: '{}',
			inputs: '{}',
			proposed_at: now(),
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

type NewDecision = Insertable<Database['decision']>;
const decide = (of: Held, changes: Partial<NewDecision> & Pick<NewDecision, 'staff_id' | 'fence'>) =>
	database.db
		.insertInto('decision')
		.values({ application_id: of.applicationId, outcome: 'approved', inputs: '{}', ...changes })
		.execute();

test('who chose a case for themselves cannot decide it, not even by a later taking', async () => {
	await askForSecond(database, false);
	const held = await inHand(database.db);
	await database.db
		.updateTable('review')
		.set({ lease_expires_at: null })
		.where('application_id', '=', held.applicationId)
		.execute();
	const staffId = await makeStaff(database.db, `chooser-${held.staffId}`, 'supervisor');
	const chosen = await claimAgain(database.db, { staffId, applicationId: held.applicationId });
	const by = chosen.ok ? chosen.claim.fence : 0;
	await expect(decide(held, { staff_id: staffId, fence: by })).rejects.toThrow('chose for themselves');
	const later = await taking(held, staffId, 'again');
	await expect(decide(held, { staff_id: staffId, fence: later })).rejects.toThrow('chose for themselves');
	await expect(propose(held, staffId, later)).rejects.toThrow('chose for themselves');
});

test('a decision belongs to a taking of its own', async () => {
	await askForSecond(database, false);
	const held = await inHand(database.db);
	const staffId = await makeStaff(database.db, `never-had-${held.staffId}`);
	const theirs = { staff_id: staffId, fence: held.order.fence };
	await expect(decide(held, theirs)).rejects.toThrow('never in their hands');
	const taken = database.db.updateTable('review_taking').set({ taken_by: 'queue' });
	await expect(taken.execute()).rejects.toThrow();
});

test('above the amount one alone approves nothing, nor with themselves, with a proposal of another case or of other figures', async () => {
	await askForSecond(database, true);
	const held = await inHand(database.db);
	const { staffId: first } = held;
	const second = await makeStaff(database.db, `supervisor-${first}`, 'supervisor');
	const by = await taking(held, second);
	await expect(decide(held, { staff_id: second, fence: by })).rejects.toThrow('approved by two people');
	const approval = await propose(held, first, held.order.fence);
	const both = { approval_id: approval, first_staff_id: first };
	const alone = decide(held, { staff_id: first, fence: held.order.fence, ...both });
	await expect(alone).rejects.toThrow();
	const other = await makeStaff(database.db, `third-${first}`, 'agent');
	const byAgent = decide(held, { staff_id: other, fence: await taking(held, other), ...both });
	await expect(byAgent).rejects.toThrow('is a supervisor');
	const named = decide(held, { staff_id: second, fence: by, approval_id: approval, first_staff_id: other });
	await expect(named).rejects.toThrow('what the first proposed');
	const elsewhere = await inHand(database.db);
	const there = await taking(elsewhere, second);
	await expect(decide(elsewhere, { staff_id: second, fence: there, ...both })).rejects.toThrow(
		'what the first proposed',
	);
});

test('above the amount nothing is offered, and no agreement made, on the word of one', async () => {
	await askForSecond(database, true);
	const held = await inHand(database.db);
	const { quote_id: quoteId } = await database.db
		.selectFrom('application')
		.select('quote_id')
		.where('id', '=', held.applicationId)
		.executeTakeFirstOrThrow();
	const decision = await database.db
		.insertInto('decision')
		.values({
			application_id: held.applicationId,
			staff_id: held.staffId,
			fence: held.order.fence,
			outcome: 'counter_offered',
			inputs: '{}',
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	const offer = database.db.insertInto('counter_offer').values({
		application_id: held.applicationId,
		decision_id: decision.id,
		quote_id: quoteId ?? '',
		offered_at: now(),
		expires_at: now(),
	});
	await expect(offer.execute()).rejects.toThrow('offered by two people');
	const agreement = database.db.insertInto('agreement').values({
		application_id: held.applicationId,
		account_id: held.accountId,
		cardholder_id: held.cardholderId,
		quote_id: quoteId ?? '',
		offered_at: now(),
		sign_by: now(),
	});
	await expect(agreement.execute()).rejects.toThrow('agreed to by two people');
});

test('what was proposed never changes, and is closed once', async () => {
	await askForSecond(database, true);
	const held = await inHand(database.db);
	const id = await propose(held, held.staffId, held.order.fence);
	const change = (set: { note?: string; closed_as?: 'given' | 'returned'; closed_at?: Date | null }) =>
		database.db.updateTable('approval').set(set).where('id', '=', id).execute();
	await expect(change({ note: 'else' })).rejects.toThrow('nothing else of it changes');
	await change({ closed_as: 'returned', closed_at: now() });
	await expect(change({ closed_as: 'given' })).rejects.toThrow('is closed once');
});

test('whoever took, chose, touched or proposed what, and whoever says they decided: no decision stands that one alone made', async () => {
	await askForSecond(database, true);
	const people = await Promise.all(
		(['agent', 'agent', 'supervisor', 'supervisor'] as const).map((role, index) =>
			makeStaff(database.db, `random-${String(index)}`, role),
		),
	);
	const who = fc.nat({ max: people.length - 1 });
	const deed = fc.oneof(
		{
			weight: 2,
			arbitrary: fc.record({ deed: fc.constantFrom('queue' as const, 'own_choice' as const), who }),
		},
		{ weight: 1, arbitrary: fc.record({ deed: fc.constant('hand' as const), who }) },
		{ weight: 3, arbitrary: fc.record({ deed: fc.constant('propose' as const), who }) },
		{ weight: 6, arbitrary: fc.record({ deed: fc.constant('decide' as const), who }) },
	);
	let stood = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(deed, { minLength: 4, maxLength: 12 }), async (deeds) => {
			const held = await inHand(database.db);
			const fences = new Map<string, number>();
			for (const staffId of people) fences.set(staffId, await taking(held, staffId));
			const near = new Set<string>();
			let approval: { id: string; first: string } | undefined;
			for (const { deed: what, who: index } of deeds) {
				const staffId = people[index] ?? '';
				const by = fences.get(staffId) ?? 0;
				if (what === 'queue' || what === 'own_choice') {
					fences.set(staffId, await taking(held, staffId, what));
					if (what === 'own_choice') near.add(staffId);
				} else if (what === 'hand') {
					near.add(staffId);
					const hand = { application_id: held.applicationId, staff_id: staffId, hand: 'edited' as const };
					await database.db
						.insertInto('application_hand')
						.values(hand)
						.onConflict((conflict) => conflict.doNothing())
						.execute();
				} else if (what === 'propose') {
					const id = await propose(held, staffId, by).catch(() => undefined);
					if (id) approval = { id, first: staffId };
				} else {
					const both = approval ? { approval_id: approval.id, first_staff_id: approval.first } : {};
					const made = await decide(held, { staff_id: staffId, fence: by, ...both }).catch(() => undefined);
					if (!made) continue;
					stood += 1;
					expect(approval).toBeDefined();
					expect(approval?.first).not.toBe(staffId);
					expect([...near]).not.toContain(staffId);
					expect([...near]).not.toContain(approval?.first);
					return;
				}
			}
		}),
		{ numRuns: 25, seed: 11 },
	);
	expect(stood).toBeGreaterThan(0);
	const { rows } = await sql<{ alone: number }>`
		select count(*)::int as alone from decision where outcome = 'approved' and first_staff_id is null
			and staff_id = any(${people})`.execute(database.db);
	expect(rows[0]?.alone).toBe(0);
});
