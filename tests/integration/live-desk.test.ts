import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { seenText } from '#lib/domain/live/case-seen.ts';
import { moveApplication } from '#lib/server/application/move-application.ts';
import { now } from '#lib/server/clock.ts';
import { listen } from '#lib/server/db/listen.ts';
import { DeskNews } from '#lib/server/live/desk-news.ts';
import { openStream } from '#lib/server/live/open-stream.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { releaseReview } from '#lib/server/review/release-review.ts';
import { renewLease } from '#lib/server/review/renew-lease.ts';
import { endSession } from '#lib/server/session/end-session.ts';
import { readStaffSession } from '#lib/server/session/read-session.ts';
import { createStaffSession } from '#lib/server/session/start-session.ts';
import { useEnv } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/staff.ts';
import { StreamReader } from '../support/stream.ts';
import { makeSubmittedApplication } from '../support/submitted-application.ts';

const database = useDatabase();
let made = 0;
let news: DeskNews;

beforeAll(() => {
	useEnv();
	news = new DeskNews(database.connectionString);
});
afterAll(() => news.end());

interface Opened {
	readonly staffId: string;
	readonly applicationId?: string;
	readonly seen?: string;
	readonly isSignedIn?: () => Promise<boolean>;
}

const open = async ({ staffId, applicationId, seen = '', isSignedIn = () => Promise.resolve(true) }: Opened) => {
	const identity = { staff: 'agent', staffId } as const;
	const body = await openStream({ db: database.db, news, identity, staffId, applicationId, seen, isSignedIn });
	return body && new StreamReader(body);
};

async function read(opened: Opened): Promise<StreamReader> {
	const reader = await open(opened);
	if (!reader) throw new Error('too many streams');
	return reader;
}

const agent = () => makeStaff(database.db, `live-${String(++made)}`);

/** The only case that waits. */
async function waiting() {
	await database.db.updateTable('review').set({ closed_at: now() }).where('closed_at', 'is', null).execute();
	return makeSubmittedApplication(database.db, ++made);
}

test('a change is announced once its transaction has committed, and not where it was rolled back', async () => {
	const { applicationId } = await waiting();
	const heard: string[] = [];
	const listener = listen(database.connectionString, ['desk', 'proof'], {
		notice: (channel, payload) => heard.push(`${channel} ${payload}`),
		resync: () => undefined,
	});
	const client = new pg.Client({ connectionString: database.ownerConnectionString });
	await client.connect();
	/** What was announced before this shows before it. */
	const heardUntil = async (mark: string) => {
		for (;;) {
			await client.query(`select pg_notify('proof', $1)`, [mark]);
			if (heard.includes(`proof ${mark}`)) return heard.splice(0).filter((one) => one.startsWith('desk'));
		}
	};
	const staffId = await agent();
	await heardUntil('listening');
	const rolled = database.db.transaction().execute(async (trx) => {
		await trx.updateTable('review').set({ fence: 9 }).where('application_id', '=', applicationId).execute();
		expect(await heardUntil('open')).toEqual([]);
		throw new Error('rolled back');
	});
	await expect(rolled).rejects.toThrow('rolled back');
	expect(await heardUntil('after')).toEqual([]);
	const claim = await claimNext(database.db, { staffId });
	expect(await heardUntil('taken')).toEqual([`desk ${applicationId}`]);
	await renewLease(database.db, { staffId, applicationId, fence: claim?.fence ?? 0 });
	expect(await heardUntil('renewed')).toEqual([]);
	await client.end();
	await listener.close();
});

test('whoever has a case open hears who has just taken it, that it was put back, and that it was withdrawn', async () => {
	const { applicationId, cardholderId } = await waiting();
	const [holder, watcher] = [await agent(), await agent()];
	const { name } = await database.db
		.selectFrom('staff')
		.select('name')
		.where('id', '=', holder)
		.executeTakeFirstOrThrow();
	const stream = await read({ staffId: watcher, applicationId, seen: seenText({ hold: 'waiting', fence: 0 }) });
	const claim = await claimNext(database.db, { staffId: holder });
	expect(await stream.next('case')).toEqual({ what: 'taken', name, isYou: false });
	await stream.next('queue');
	await releaseReview(database.db, { staffId: holder, applicationId, fence: claim?.fence ?? 0, note: 'x' });
	expect(await stream.next('case')).toEqual({ what: 'put_back' });
	const actor = { kind: 'cardholder', id: cardholderId } as const;
	await database.db
		.transaction()
		.execute((trx) => moveApplication(trx, { applicationId, to: 'withdrawn', at: now(), actor }));
	expect(await stream.next('case')).toEqual({ what: 'withdrawn' });
	await stream.close();
});

test('after its connection was cut the desk is told to ask anew, and hears again', async () => {
	const { applicationId } = await waiting();
	const [holder, watcher] = [await agent(), await agent()];
	const stream = await read({ staffId: watcher, applicationId });
	await stream.next('viewers');
	const client = new pg.Client({ connectionString: database.connectionString });
	await client.connect();
	const { rowCount } = await client.query(
		`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'repayment-portal listen'
			and datname = current_database()`,
	);
	expect(rowCount).toBe(1);
	await client.end();
	await stream.next('resync');
	await claimNext(database.db, { staffId: holder });
	expect(await stream.next('case')).toMatchObject({ what: 'taken' });
	await stream.close();
});

test('what happened before the stream was open is told when it opens', async () => {
	const { applicationId } = await waiting();
	const seen = seenText({ hold: 'waiting', fence: 0 });
	await claimNext(database.db, { staffId: await agent() });
	const stream = await read({ staffId: await agent(), applicationId, seen });
	expect(await stream.next('case')).toMatchObject({ what: 'taken' });
	await stream.close();
});

test('who looks at a case is shown to whoever else does, until they look no more', async () => {
	const { applicationId } = await waiting();
	const [first, second] = [await agent(), await agent()];
	const one = await read({ staffId: first, applicationId });
	await one.next('viewers');
	const two = await read({ staffId: second, applicationId });
	const { names } = (await one.next('viewers')) as { names: string[] };
	expect(names).toHaveLength(1);
	expect(((await two.next('viewers')) as { names: string[] }).names).toHaveLength(1);
	await two.close();
	expect(await one.next('viewers')).toEqual({ names: [] });
	await one.close();
});

test('one person has four streams at most, and one that is closed makes room', async () => {
	const staffId = await agent();
	const streams = await Promise.all([1, 2, 3, 4].map(() => read({ staffId })));
	expect(await open({ staffId })).toBeUndefined();
	await streams[0]?.close();
	const again = await read({ staffId });
	for (const stream of [...streams.slice(1), again]) await stream.close();
});

/** A stream of somebody who is signed in, asked after their session as the desk asks. */
async function signedIn() {
	const staffId = await agent();
	const { token } = await createStaffSession(database.db, { staffId });
	const session = await readStaffSession(database.db, token);
	const isSignedIn = async () => (await readStaffSession(database.db, token, { peek: true })) !== undefined;
	return { sessionId: session?.sessionId ?? '', stream: await read({ staffId, isSignedIn }) };
}

/** Only what a stream does by itself is hurried: the database goes on as ever. */
const hurried = async (run: () => Promise<void>) => {
	vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
	await run().finally(() => vi.useRealTimers());
};

test('a stream ends with its session: after signing out, and after the idle time, which listening does not put off', async () => {
	await hurried(async () => {
		const [left, idle, stays] = [await signedIn(), await signedIn(), await signedIn()];
		await endSession(database.db, 'staff', left.sessionId);
		vi.advanceTimersByTime(25_000);
		await left.stream.next('end');
		await left.stream.over();
		await idle.stream.next('beat');
		await database.owner
			.updateTable('staff_session')
			.set({ expires_at: new Date(now().getTime() - 1) })
			.where('id', '=', idle.sessionId)
			.execute();
		vi.advanceTimersByTime(25_000);
		await idle.stream.next('end');
		await idle.stream.over();
		await stays.stream.next('beat');
		await stays.stream.next('beat');
		await stays.stream.close();
	});
});

test('where the database cannot be heard no stream is opened; once it can, one is', async () => {
	const nowhere = new DeskNews('postgres://nobody@127.0.0.1:1/nowhere?connect_timeout=1');
	const staffId = await agent();
	const identity = { staff: 'agent', staffId } as const;
	const order = { db: database.db, identity, staffId, applicationId: undefined, seen: '' };
	const isSignedIn = () => Promise.resolve(true);
	expect(await openStream({ ...order, news: nowhere, isSignedIn })).toBeUndefined();
	await nowhere.end();
	const body = await openStream({ ...order, news, isSignedIn });
	await body?.cancel();
	expect(body).toBeDefined();
});

test('at the end of the process every stream ends at once, and none is opened any more', async () => {
	const own = new DeskNews(database.connectionString);
	const staffId = await agent();
	const identity = { staff: 'agent', staffId } as const;
	const order = { db: database.db, news: own, identity, staffId, applicationId: undefined, seen: '' };
	const isSignedIn = () => Promise.resolve(true);
	const body = await openStream({ ...order, isSignedIn });
	if (!body) throw new Error('no stream');
	const stream = new StreamReader(body);
	await own.end();
	await stream.over();
	expect(await openStream({ ...order, isSignedIn })).toBeUndefined();
});
