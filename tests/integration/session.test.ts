import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { chooseAccount } from '#lib/server/session/choose-account.ts';
import { endAllSessions, endSession, removeExpiredSessions } from '#lib/server/session/end-session.ts';
import { readCardholderSession, readStaffSession } from '#lib/server/session/read-session.ts';
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

test('rows of sessions that are over are removed, those alive stay', async () => {
	const over = await signedIn();
	passSeconds(16 * MINUTE);
	const alive = await signedIn();
	await removeExpiredSessions(database.db);
	const { count } = await database.db
		.selectFrom('cardholder_session')
		.select(({ fn }) => fn.countAll<number>().as('count'))
		.executeTakeFirstOrThrow();
	expect(count).toBe(1);
	expect(await readCardholderSession(database.db, over)).toBeUndefined();
	expect(await readCardholderSession(database.db, alive)).toBeDefined();
});
