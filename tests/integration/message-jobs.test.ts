import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { sendCode } from '#lib/server/access/send-code.ts';
import { randomToken } from '#lib/server/crypto/random-token.ts';
import { prepareJobs } from '#lib/server/jobs/prepare-jobs.ts';
import { startJobs } from '#lib/server/jobs/start-jobs.ts';
import { sweep } from '#lib/server/jobs/sweep.ts';
import { addSomebody, holdClock, makeLink, useEnv } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();

/** Eleven at night in Shanghai: whatever nobody has just asked for waits for the morning. */
const NIGHT = new Date('2026-11-23T15:00:00Z');

beforeAll(() => useEnv({ SMS_GATEWAY: 'inbox' }));
beforeEach(() => holdClock(NIGHT));
afterEach(() => vi.useRealTimers());

async function inbox(): Promise<number> {
	return (await database.db.selectFrom('inbox_message').select('id').execute()).length;
}

async function askForCode(): Promise<void> {
	const { accountId } = await addSomebody(database.db);
	const token = await makeLink(database.db, accountId);
	await sendCode(database.db, { token, browser: randomToken(), ip: '192.0.2.7' });
}

function pending() {
	return database.db
		.withSchema('pgboss')
		.selectFrom('job' as never)
		.select(['id' as never, 'data' as never])
		.where('state' as never, '<', 'active' as never)
		.execute() as Promise<{ id: string; data: object }[]>;
}

test('preparing the jobs again is harmless', async () => {
	await prepareJobs(database.ownerConnectionString);
	await prepareJobs(database.ownerConnectionString);
});

test('a job’s payload is an id and nothing else', async () => {
	await askForCode();
	const jobs = await pending();
	expect(jobs.length).toBeGreaterThan(0);
	for (const { data } of jobs) expect(Object.keys(data)).toEqual(['messageId']);
});

test('workers hand over what was queued before they started, what comes, and what lost its job', async () => {
	const jobs = await startJobs(database.db, database.connectionString);
	try {
		await expect.poll(inbox, { timeout: 20_000 }).toBe(1);
		await askForCode();
		await expect.poll(inbox, { timeout: 20_000 }).toBe(2);
	} finally {
		await jobs.stop();
	}
	await askForCode();
	await database.db
		.withSchema('pgboss')
		.deleteFrom('job' as never)
		.execute();
	expect(await pending()).toEqual([]);
	await sweep(database.db);
	expect(await pending()).toHaveLength(1);
	await sweep(database.db);
	expect(await pending()).toHaveLength(1);
	const again = await startJobs(database.db, database.connectionString);
	try {
		await expect.poll(inbox, { timeout: 20_000 }).toBe(3);
	} finally {
		await again.stop();
	}
});
