import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { now } from '#lib/server/clock.ts';
import { chooseAccount } from '#lib/server/session/choose-account.ts';
import { endEverywhere } from '#lib/server/session/end-everywhere.ts';
import { endAllSessions, endSession, removeExpiredSessions } from '#lib/server/session/end-session.ts';
import { listSessions } from '#lib/server/session/list-sessions.ts';
import { findEndedOwner, readCardholderSession, readStaffSession } from '#lib/server/session/read-session.ts';
import { createCardholderSession, createStaffSession } from '#lib/server/session/start-session.ts';
import { type Somebody, addAccount, addSomebody, holdClock, passSeconds, useEnv } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
let person: Somebody;
const MINUTE = 60;

beforeAll(async () => {
	useEnv();
	person = await addSomebody(database.db);
});
beforeEach(() => holdClock());
afterEach(() => vi.useRealTimers());

async function signedIn(): Promise<string> {
	return (await createCardholderSession(database.db, person)).token;
}

async function addStaff(login: string): Promise<string> {
	const { id } = await database.db
		.insertInto('staff')
		.values({ login, name: 'Ann', role: 'agent' })
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

test('the token of a session reads it, and stands nowhere in the database', async () => {
	const token = await signedIn();
	expect(await readCardholderSession(database.db, token)).toMatchObject({
		id: person.cardholderId,
		accountId: person.accountId,
	});
	const rows = JSON.stringify(await database.db.selectFrom('cardholder_session').selectAll().execute());
	expect(rows).not.toContain(token);
});

test('a stored session id, replayed as a cookie, opens nothing', async () => {
	const token = await signedIn();
	const session = await readCardholderSession(database.db, token);
	expect(session?.sessionId).toMatch(/^[0-9a-f]{64}$/);
	expect(await readCardholderSession(database.db, session?.sessionId)).toBeUndefined();
	expect(await readCardholderSession(database.db, 'anything')).toBeUndefined();
	expect(await readCardholderSession(database.db, undefined)).toBeUndefined();
});

test('a cardholder is signed out 15 minutes after the last use, counted from that use', async () => {
	const token = await signedIn();
	passSeconds(5 * MINUTE);
	expect(await readCardholderSession(database.db, token)).toBeDefined();
	passSeconds(14 * MINUTE + 59);
	expect(await readCardholderSession(database.db, token)).toBeDefined();
	passSeconds(15 * MINUTE + 1);
	expect(await readCardholderSession(database.db, token)).toBeUndefined();
});

test('a cardholder is signed out two hours after signing in, however busy', async () => {
	const token = await signedIn();
	for (let minute = 10; minute < 120; minute += 10) {
		passSeconds(10 * MINUTE);
		expect(await readCardholderSession(database.db, token), `minute ${String(minute)}`).toBeDefined();
	}
	passSeconds(9 * MINUTE + 59);
	expect(await readCardholderSession(database.db, token)).toBeDefined();
	passSeconds(2);
	expect(await readCardholderSession(database.db, token)).toBeUndefined();
});

test('staff have 30 minutes and 12 hours', async () => {
	const { token } = await createStaffSession(database.db, { staffId: await addStaff('limits') });
	for (let use = 0; use < 24; use++) {
		passSeconds(29 * MINUTE);
		expect(await readStaffSession(database.db, token)).toBeDefined();
	}
	passSeconds(25 * MINUTE);
	expect(await readStaffSession(database.db, token)).toBeUndefined();
});

test('a role taken away is gone at the next request, and so is somebody disabled', async () => {
	const staffId = await addStaff('roles');
	const { token } = await createStaffSession(database.db, { staffId });
	expect(await readStaffSession(database.db, token)).toMatchObject({ id: staffId, role: 'agent' });
	await database.db.updateTable('staff').set({ role: 'support' }).where('id', '=', staffId).execute();
	expect(await readStaffSession(database.db, token)).toMatchObject({ role: 'support' });
	await database.db.updateTable('staff').set({ disabled_at: new Date() }).where('id', '=', staffId).execute();
	expect(await readStaffSession(database.db, token)).toBeUndefined();
});

test('a cardholder’s token opens no staff session, nor the other way round', async () => {
	const { token } = await createStaffSession(database.db, { staffId: await addStaff('kinds') });
	expect(await readCardholderSession(database.db, token)).toBeUndefined();
	expect(await readStaffSession(database.db, await signedIn())).toBeUndefined();
});

test('one session ends alone, or all of a person’s at once', async () => {
	const [first, second, third] = [await signedIn(), await signedIn(), await signedIn()];
	const session = await readCardholderSession(database.db, first);
	await endSession(database.db, 'cardholder', session?.sessionId ?? '');
	expect(await readCardholderSession(database.db, first)).toBeUndefined();
	expect(await readCardholderSession(database.db, second)).toBeDefined();
	await endAllSessions(database.db, 'cardholder', person.cardholderId);
	expect(await readCardholderSession(database.db, second)).toBeUndefined();
	expect(await readCardholderSession(database.db, third)).toBeUndefined();
});

test('a session takes an account of its owner and no other', async () => {
	const stranger = await addSomebody(database.db);
	await addAccount(database.db, person.cardholderId, 'second', '7777');
	const { token } = await createCardholderSession(database.db, { ...person, accountId: null });
	const session = await readCardholderSession(database.db, token);
	const own = { sessionId: session?.sessionId ?? '', cardholderId: person.cardholderId };
	expect(await chooseAccount(database.db, { ...own, accountId: stranger.accountId })).toBe(false);
	expect(await chooseAccount(database.db, { ...own, accountId: 'second' })).toBe(true);
	expect(await readCardholderSession(database.db, token)).toMatchObject({ accountId: 'second' });
});

test('a session that is over opens nothing, is remembered a day as whose it was, and then its row goes', async () => {
	const over = await signedIn();
	passSeconds(15 * MINUTE);
	const alive = await signedIn();
	expect(await readCardholderSession(database.db, over)).toBeUndefined();
	expect(await findEndedOwner(database.db, 'cardholder', over)).toEqual({
		ownerId: person.cardholderId,
		accountId: person.accountId,
	});
	expect(await findEndedOwner(database.db, 'cardholder', alive)).toBeUndefined();
	expect(await findEndedOwner(database.db, 'staff', over)).toBeUndefined();
	await removeExpiredSessions(database.db);
	expect(await findEndedOwner(database.db, 'cardholder', over)).toBeDefined();
	passSeconds(24 * 60 * MINUTE);
	await removeExpiredSessions(database.db);
	expect(await findEndedOwner(database.db, 'cardholder', over)).toBeUndefined();
});

test('the last instant of a session is the last before its end', async () => {
	const token = await signedIn();
	passSeconds(15 * MINUTE - 1);
	expect(await readCardholderSession(database.db, token, { peek: true })).toBeDefined();
	passSeconds(1);
	expect(await readCardholderSession(database.db, token)).toBeUndefined();
});

test('asking when a session ends does not move its end, a use does, and never past the absolute one', async () => {
	const token = await signedIn();
	const began = now().getTime();
	const ends = async (reading = {}) => {
		const session = await readCardholderSession(database.db, token, reading);
		return [session?.endsAt, session?.lastsUntil].map((at) => (at ? (at.getTime() - began) / 60_000 : undefined));
	};
	passSeconds(14 * MINUTE);
	expect(await ends({ peek: true })).toEqual([15, 120]);
	expect(await ends()).toEqual([29, 120]);
	for (let use = 0; use < 8; use++) {
		passSeconds(12 * MINUTE);
		await ends();
	}
	expect(await ends()).toEqual([120, 120]);
});

test('somebody disabled leaves no session behind that a form could come from', async () => {
	const staffId = await addStaff('left');
	const { token } = await createStaffSession(database.db, { staffId });
	passSeconds(30 * MINUTE);
	expect(await findEndedOwner(database.db, 'staff', token)).toEqual({ ownerId: staffId, accountId: null });
	await database.db.updateTable('staff').set({ disabled_at: now() }).where('id', '=', staffId).execute();
	expect(await findEndedOwner(database.db, 'staff', token)).toBeUndefined();
});

test('every place where somebody is signed in is listed, and all of them end at once, on the record', async () => {
	const owner = await addSomebody(database.db);
	const open = async () => (await createCardholderSession(database.db, owner)).token;
	const first = await open();
	passSeconds(5 * MINUTE);
	const here = await open();
	const session = await readCardholderSession(database.db, here);
	const asker = { userId: owner.cardholderId, sessionId: session?.sessionId ?? '' };
	const listed = await listSessions(database.db, 'cardholder', asker);
	expect(listed.map(({ isThisOne }) => isThisOne)).toEqual([true, false]);
	expect(listed.map(({ usedAt }) => (now().getTime() - usedAt.getTime()) / 60_000)).toEqual([0, 5]);
	await endEverywhere(database.db, { kind: 'cardholder', userId: owner.cardholderId });
	for (const token of [first, here]) expect(await readCardholderSession(database.db, token)).toBeUndefined();
	const audited = await database.db
		.selectFrom('audit_log')
		.select(['actor_kind', 'actor_id', 'subject_id'])
		.where('action', '=', 'sign_in.ended_everywhere')
		.executeTakeFirstOrThrow();
	const { cardholderId } = owner;
	expect(audited).toEqual({ actor_kind: 'cardholder', actor_id: cardholderId, subject_id: cardholderId });
});
