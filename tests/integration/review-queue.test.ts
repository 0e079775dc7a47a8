import { beforeAll, expect, test } from 'vitest';
import { withdrawApplication } from '#lib/server/application/withdraw-application.ts';
import { now } from '#lib/server/clock.ts';
import { claimAgain } from '#lib/server/review/claim-again.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { releaseReview } from '#lib/server/review/release-review.ts';
import { renewLease } from '#lib/server/review/renew-lease.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/staff.ts';
import { type Applied, makeSubmittedApplication } from '../support/submitted-application.ts';

const database = useDatabase();

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

let made = 0;
const nextNumber = () => ++made;

/** An empty queue, then so many applications in it, the first the oldest. */
async function queueOf(count: number): Promise<Applied[]> {
	await database.db.updateTable('review').set({ closed_at: now() }).where('closed_at', 'is', null).execute();
	const applied: Applied[] = [];
	for (let index = 0; index < count; index++) {
		const application = await makeSubmittedApplication(database.db, nextNumber());
		const queuedAt = new Date(Date.UTC(2026, 0, 1, 0, index));
		await database.db
			.updateTable('review')
			.set({ queued_at: queuedAt, due_at: queuedAt })
			.where('application_id', '=', application.applicationId)
			.execute();
		applied.push(application);
	}
	return applied;
}

const agents = (count: number) =>
	Promise.all(Array.from({ length: count }, () => makeStaff(database.db, `agent-${String(nextNumber())}`)));

async function expireLeaseOf({ applicationId }: Applied): Promise<void> {
	await database.db
		.updateTable('review')
		.set({ lease_expires_at: new Date(now().getTime() - 1000) })
		.where('application_id', '=', applicationId)
		.execute();
}

test('two agents who take at the same moment take two applications', async () => {
	const queue = await queueOf(2);
	const staff = await agents(2);
	const claims = await Promise.all(staff.map((staffId) => claimNext(database.db, { staffId })));
	const taken = claims.map((claim) => claim?.applicationId).sort();
	expect(taken).toEqual(queue.map(({ applicationId }) => applicationId).sort());
});

test('of twenty agents on twelve applications twelve take one each, and each application is taken once', async () => {
	const queue = await queueOf(12);
	const staff = await agents(20);
	const claims = await Promise.all(staff.map((staffId) => claimNext(database.db, { staffId })));
	const taken = claims.flatMap((claim) => (claim ? [claim.applicationId] : [])).sort();
	// One who came while all twelve were locked found none; they are still there to be taken.
	const rest = await Promise.all(
		staff.filter((_, index) => !claims[index]).map((staffId) => claimNext(database.db, { staffId })),
	);
	const all = [...taken, ...rest.flatMap((claim) => (claim ? [claim.applicationId] : []))].sort();
	expect(all).toEqual(queue.map(({ applicationId }) => applicationId).sort());
});

test('the oldest comes first, and taking it brings the application into review', async () => {
	const [oldest] = await queueOf(3);
	const [staffId = ''] = await agents(1);
	const claim = await claimNext(database.db, { staffId });
	expect(claim?.applicationId).toBe(oldest?.applicationId);
	const { status } = await database.db
		.selectFrom('application')
		.select('status')
		.where('id', '=', oldest?.applicationId ?? '')
		.executeTakeFirstOrThrow();
	expect(status).toBe('in_review');
});

test('a second click takes no second application', async () => {
	await queueOf(2);
	const [staffId = ''] = await agents(1);
	const clicks = await Promise.all([1, 2, 3].map(() => claimNext(database.db, { staffId })));
	expect(new Set(clicks.map((claim) => claim?.applicationId)).size).toBe(1);
});

test('an expired lease can be taken by another, under a higher fencing number', async () => {
	const [application] = await queueOf(1);
	const [first = '', second = ''] = await agents(2);
	const before = await claimNext(database.db, { staffId: first });
	expect(await claimNext(database.db, { staffId: second })).toBeUndefined();
	await expireLeaseOf(application!);
	const after = await claimNext(database.db, { staffId: second });
	expect(after?.applicationId).toBe(application?.applicationId);
	expect(after?.fence).toBeGreaterThan(before?.fence ?? 0);
});

test('nobody is given what they had a hand in, or their own', async () => {
	const [made, own, other] = await queueOf(3);
	const staffId = await makeStaff(database.db, 'with-a-hand', 'agent', own?.cardholderId);
	await database.db
		.insertInto('application_hand')
		.values({ application_id: made?.applicationId ?? '', staff_id: staffId, hand: 'made' })
		.execute();
	const claim = await claimNext(database.db, { staffId });
	expect(claim?.applicationId).toBe(other?.applicationId);
});

test('support, admin and disabled staff are given nothing', async () => {
	await queueOf(1);
	for (const role of ['support', 'admin'] as const) {
		const staffId = await makeStaff(database.db, `no-${role}`, role);
		expect(await claimNext(database.db, { staffId })).toBeUndefined();
	}
	const [disabled = ''] = await agents(1);
	await database.db.updateTable('staff').set({ disabled_at: now() }).where('id', '=', disabled).execute();
	expect(await claimNext(database.db, { staffId: disabled })).toBeUndefined();
});

test('a lease is renewed by its holder alone, and not once it ran out', async () => {
	const [application] = await queueOf(1);
	const [holder = '', other = ''] = await agents(2);
	const claim = await claimNext(database.db, { staffId: holder });
	const held = { applicationId: claim?.applicationId ?? '', fence: claim?.fence ?? 0 };
	expect(await renewLease(database.db, { ...held, staffId: holder })).toMatchObject({ ok: true });
	expect(await renewLease(database.db, { ...held, staffId: other })).toMatchObject({ ok: false });
	expect(await renewLease(database.db, { ...held, staffId: holder, fence: 0 })).toMatchObject({ ok: false });
	await expireLeaseOf(application!);
	expect(await renewLease(database.db, { ...held, staffId: holder })).toMatchObject({ ok: false });
});

test('what is put back waits at its old place for others, with its note, and comes back to the same agent last', async () => {
	const [first, second] = await queueOf(2);
	const [staffId = '', other = ''] = await agents(2);
	const claim = await claimNext(database.db, { staffId });
	const held = { staffId, applicationId: claim?.applicationId ?? '', fence: claim?.fence ?? 0 };
	expect(await releaseReview(database.db, { ...held, note: '  ' })).toEqual({ ok: false, refusal: 'note_missing' });
	const before = await database.db
		.selectFrom('application')
		.select('submitted_at')
		.where('id', '=', held.applicationId)
		.executeTakeFirstOrThrow();
	expect(await releaseReview(database.db, { ...held, note: 'The scan is upside down.' })).toEqual({ ok: true });
	const after = await database.db
		.selectFrom('application')
		.select(['submitted_at', 'status'])
		.where('id', '=', held.applicationId)
		.executeTakeFirstOrThrow();
	expect(after).toEqual({ status: 'submitted', submitted_at: before.submitted_at });
	expect((await claimNext(database.db, { staffId }))?.applicationId).toBe(second?.applicationId);
	expect((await claimNext(database.db, { staffId: other }))?.applicationId).toBe(first?.applicationId);
});

test('one whose lease ran out takes the same application again, unless another has it', async () => {
	const [application] = await queueOf(1);
	const { applicationId } = application!;
	const [first = '', second = ''] = await agents(2);
	await claimNext(database.db, { staffId: first });
	await expireLeaseOf(application!);
	expect(await claimAgain(database.db, { staffId: first, applicationId })).toMatchObject({ ok: true });
	expect(await claimAgain(database.db, { staffId: second, applicationId })).toEqual({
		ok: false,
		refusal: 'not_yours',
	});
	await expireLeaseOf(application!);
	await claimNext(database.db, { staffId: second });
	expect(await claimAgain(database.db, { staffId: first, applicationId })).toEqual({ ok: false, refusal: 'not_yours' });
	const supervisor = await makeStaff(database.db, 'supervising', 'supervisor');
	expect(await claimAgain(database.db, { staffId: supervisor, applicationId })).toEqual({
		ok: false,
		refusal: 'taken_by_other',
	});
});

test('an application that its cardholder withdraws leaves the queue while others take from it', async () => {
	const [application] = await queueOf(1);
	const staff = await agents(4);
	const { cardholderId, accountId, applicationId } = application!;
	await Promise.all([
		...staff.map((staffId) => claimNext(database.db, { staffId })),
		withdrawApplication(database.db, { owner: { cardholderId, accountId }, applicationId, at: now() }),
	]);
	const review = await database.db
		.selectFrom('review')
		.selectAll()
		.where('application_id', '=', applicationId)
		.executeTakeFirstOrThrow();
	expect(review.closed_at).not.toBeNull();
	const [late = ''] = await agents(1);
	expect(await claimNext(database.db, { staffId: late })).toBeUndefined();
});
