import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createAccessLink } from '#lib/server/access/create-access-link.ts';
import { resendAccessLink } from '#lib/server/access/resend-access-link.ts';
import { now } from '#lib/server/clock.ts';
import { findPeople } from '#lib/server/support/find-people.ts';
import { findNamedAccount, findPerson } from '#lib/server/support/read-person.ts';
import { holdClock, MORNING, passSeconds } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/staff.ts';
import { type Applied, makeOverdueAccount, makeSubmittedApplication } from '../support/submitted-application.ts';

const database = useDatabase();
let staffId = '';
let applied: Applied;

beforeAll(async () => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
	staffId = await makeStaff(database.db, 'helper', 'support');
	applied = await makeSubmittedApplication(database.db, 1);
});

afterEach(() => {
	vi.useRealTimers();
});

test('a phone number is found however the caller says it, and so is a customer id', async () => {
	for (const spelling of [
		'+8613800000001',
		'13800000001',
		'138 0000 0001',
		'138-0000-0001',
		'0086 138 0000 0001',
		'１３８０００００００１',
		applied.cardholderId,
		`  ${applied.cardholderId} `,
	]) {
		const people = await findPeople(database.db, spelling);
		expect([spelling, people.map(({ cardholderId }) => cardholderId)]).toEqual([spelling, [applied.cardholderId]]);
	}
	for (const other of ['', '   ', '\u0000', 'nobody', '13899999999', "' or 1=1 --", 'x'.repeat(500)]) {
		expect(await findPeople(database.db, other)).toEqual([]);
	}
});

test('an address that no customer id can be leads nowhere', async () => {
	for (const cardholderId of ['', 'nobody', 'C\u0000', '\ud83d']) {
		expect(await findPerson(database.db, { cardholderId, staffId })).toBeUndefined();
	}
});

test('a number comes back masked but for its last four', async () => {
	const [person] = await findPeople(database.db, applied.phone);
	expect(person?.phone).toMatch(/0001$/);
	expect(JSON.stringify(person)).not.toContain('138');
});

test('two people who share a phone are both found', async () => {
	const first = await makeOverdueAccount(database.db, 21);
	const second = await makeOverdueAccount(database.db, 22);
	await database.db
		.updateTable('cardholder')
		.set({ phone: first.phone })
		.where('id', '=', second.cardholderId)
		.execute();
	expect(await findPeople(database.db, first.phone)).toHaveLength(2);
});

test('support resends a link at most three times a day, with minutes between, even at once, and the old one dies', async () => {
	const { cardholderId, accountId } = await makeOverdueAccount(database.db, 31);
	const order = { cardholderId, accountId, staff: { id: staffId } };
	const refusals: (string | undefined)[] = [];
	holdClock(MORNING);
	for (let round = 0; round < 4; round += 1) {
		const outcomes = await Promise.all([1, 2].map(() => resendAccessLink(database.db, order)));
		refusals.push(...outcomes.map((outcome) => (outcome.ok ? undefined : outcome.refusal)).sort());
		passSeconds(5 * 60);
	}
	vi.useRealTimers();
	expect(refusals.filter((refusal) => refusal === undefined)).toHaveLength(3);
	expect(refusals.filter((refusal) => refusal === 'too_soon')).toHaveLength(2);
	expect(refusals.filter((refusal) => refusal === 'too_many_resends')).toHaveLength(3);
	const alive = await database.db
		.selectFrom('access_link')
		.select('id')
		.where('account_id', '=', accountId)
		.where('revoked_at', 'is', null)
		.execute();
	expect(alive).toHaveLength(1);
});

test('the preflight says when a message would go, and what forbids it', async () => {
	const { db } = database;
	const { cardholderId, accountId, phone } = await makeOverdueAccount(db, 41);
	const preflight = async () => (await findPerson(db, { cardholderId, staffId }))?.accounts[0];
	const order = { cardholderId, accountId, staff: { id: staffId } };

	// Noon in Shanghai, and eleven at night: the next opening is at eight.
	holdClock(new Date('2026-11-23T04:00:00Z'));
	expect(await preflight()).toMatchObject({ waitsFor: 'nothing', refused: undefined, failedAt: null });
	vi.setSystemTime(new Date('2026-11-23T15:00:00Z'));
	const eight = new Date('2026-11-24T00:00:00Z');
	expect(await preflight()).toMatchObject({ waitsFor: 'hours', sendsAt: eight });
	// In Berlin it is four in the afternoon then.
	await db.updateTable('cardholder').set({ time_zone: 'Europe/Berlin' }).where('id', '=', cardholderId).execute();
	expect(await preflight()).toMatchObject({ waitsFor: 'nothing' });
	await db.updateTable('cardholder').set({ time_zone: null }).where('id', '=', cardholderId).execute();

	expect(await resendAccessLink(db, order)).toMatchObject({ ok: true, waitsUntil: eight });
	passSeconds(60);
	expect((await preflight())?.refused).toEqual({ refusal: 'too_soon', until: new Date('2026-11-23T15:05:00Z') });
	await db
		.updateTable('outbox_message')
		.set({ status: 'failed', failure: 'unreachable' })
		.where('cardholder_id', '=', cardholderId)
		.execute();
	expect((await preflight())?.failedAt).toEqual(new Date('2026-11-23T15:00:00Z'));
	passSeconds(10 * 60);
	expect((await preflight())?.refused).toBeUndefined();
	await db.insertInto('silenced_number').values({ phone, silenced_at: now() }).execute();
	expect((await preflight())?.refused).toEqual({ refusal: 'number_silenced' });
	expect(await resendAccessLink(db, order)).toEqual({ ok: false, refusal: 'number_silenced' });
	vi.useRealTimers();
});

test('the trail tells the steps of a link from its making on, without its token', async () => {
	const { cardholderId, accountId } = await makeOverdueAccount(database.db, 51);
	await database.db.updateTable('cardholder').set({ time_zone: 'UTC' }).where('id', '=', cardholderId).execute();
	const actor = { kind: 'command', id: null } as const;
	const { url } = await database.db
		.transaction()
		.execute((trx) => createAccessLink(trx, { accountId, actor, template: 'reminder' }));
	await resendAccessLink(database.db, { cardholderId, accountId, staff: { id: staffId } });
	const person = await findPerson(database.db, { cardholderId, staffId });
	expect(person?.trail.map(({ kind }) => kind).sort()).toEqual(
		['link_made', 'link_made', 'link_replaced', 'message_waits', 'message_waits'].sort(),
	);
	expect(person?.trail.find(({ staffName }) => staffName)).toMatchObject({ kind: 'link_made', staffName: 'helper' });
	expect(JSON.stringify(person)).not.toContain(url.slice(url.lastIndexOf('/') + 1));
});

test('an account is named by its place and its card together', async () => {
	const { cardholderId, accountId } = await makeOverdueAccount(database.db, 61);
	expect(await findNamedAccount(database.db, { cardholderId, account: 0, cardLast4: '4821' })).toBe(accountId);
	expect(await findNamedAccount(database.db, { cardholderId, account: 0, cardLast4: '0000' })).toBeUndefined();
	expect(await findNamedAccount(database.db, { cardholderId, account: 1, cardLast4: '4821' })).toBeUndefined();
});
