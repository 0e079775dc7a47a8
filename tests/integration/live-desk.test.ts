import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seenText } from '#lib/domain/live/case-seen.ts';
import { moveApplication } from '#lib/server/application/move-application.ts';
import { now } from '#lib/server/clock.ts';
import { listen } from '#lib/server/db/listen.ts';
import { DeskNews } from '#lib/server/live/desk-news.ts';
import { openStream } from '#lib/server/live/open-stream.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { releaseReview } from '#lib/server/review/release-review.ts';
import { renewLease } from '#lib/server/review/renew-lease.ts';
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

const open = ({ staffId, applicationId, seen = '', isSignedIn = () => Promise.resolve(true) }: Opened) => {
	const identity = { staff: 'agent', staffId } as const;
	const body = openStream({ db: database.db, news, identity, staffId, applicationId, seen, isSignedIn });
	return body && new StreamReader(body);
};

function read(opened: Opened): StreamReader {
	const reader = open(opened);
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
	const stream = read({ staffId: watcher, applicationId, seen: seenText({ hold: 'waiting', fence: 0 }) });
	// The process begins to listen with its first stream, which asks anew for what was announced before that.
	await stream.next('resync');
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
	const stream = read({ staffId: watcher, applicationId });
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
	const stream = read({ staffId: await agent(), applicationId, seen });
	expect(await stream.next('case')).toMatchObject({ what: 'taken' });
	await stream.close();
});

test('who looks at a case is shown to whoever else does, until they look no more', async () => {
	const { applicationId } = await waiting();
	const [first, second] = [await agent(), await agent()];
	const one = read({ staffId: first, applicationId });
	await one.next('viewers');
	const two = read({ staffId: second, applicationId });
	const { names } = (await one.next('viewers')) as { names: string[] };
	expect(names).toHaveLength(1);
	expect(((await two.next('viewers')) as { names: string[] }).names).toHaveLength(1);
	await two.close();
	expect(await one.next('viewers')).toEqual({ names: [] });
	await one.close();
});

test('one person has four streams at most, and one that is closed makes room', async () => {
	const staffId = await agent();
	const streams = [1, 2, 3, 4].map(() => read({ staffId }));
	expect(open({ staffId })).toBeUndefined();
	await streams[0]?.close();
	const again = read({ staffId });
	for (const stream of [...streams.slice(1), again]) await stream.close();
});

test('at the end of the process every stream ends at once, and none is opened any more', async () => {
	const own = new DeskNews(database.connectionString);
	const staffId = await agent();
	const identity = { staff: 'agent', staffId } as const;
	const order = { db: database.db, news: own, identity, staffId, applicationId: undefined, seen: '' };
	const isSignedIn = () => Promise.resolve(true);
	const body = openStream({ ...order, isSignedIn });
	if (!body) throw new Error('no stream');
	const stream = new StreamReader(body);
	await own.end();
	await stream.over();
	expect(openStream({ ...order, isSignedIn })).toBeUndefined();
});
