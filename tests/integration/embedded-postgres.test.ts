import { chmod, cp, mkdir, mkdtemp, readFile, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Embedded, openEmbedded } from '#lib/server/db/embedded/open-embedded.ts';
import { isAlive } from '#lib/server/db/embedded/processes.ts';
import { removeThrowawayCluster } from '#lib/server/db/embedded/remove-cluster.ts';
import { type Running, startProcess } from '../support/process.ts';

let folder: string;
const running: Running[] = [];
const opened: Embedded[] = [];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'portal-embedded-'));
	// As root, PostgreSQL's account passes through here; the last test is about a folder where it cannot.
	await chmod(folder, 0o755);
});

afterAll(async () => {
	for (const each of running) await each.stop();
	for (const each of opened) await each.close();
	await rm(folder, { recursive: true, force: true });
});

async function open(directory: string): Promise<Embedded> {
	const embedded = await openEmbedded({ directory, durable: true });
	opened.push(embedded);
	return embedded;
}

async function hold(directory: string, note: string): Promise<Running & { how: string }> {
	const application = startProcess(process.execPath, ['tests/support/hold-embedded.ts', directory, note]);
	running.push(application);
	return { ...application, how: await application.line(/^open/) };
}

async function query(embedded: Embedded, sql: string): Promise<unknown[]> {
	const client = new pg.Client(embedded.connection);
	// Some tests kill the server under it.
	client.on('error', () => undefined);
	await client.connect();
	try {
		const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
		return rows.flat();
	} finally {
		await client.end();
	}
}

async function postmaster(directory: string): Promise<number | undefined> {
	const file = await readFile(join(directory, 'postgres', 'data', 'postmaster.pid'), 'utf8').catch(() => undefined);
	return file === undefined ? undefined : Number(file.split('\n')[0]);
}

async function gone(pid: number): Promise<void> {
	await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
}

describe('one application after another', () => {
	const directory = () => join(folder, 'after', '.data');

	test('the database is reached by a socket that only its account can enter, and by no port', async () => {
		const embedded = await open(directory());
		expect(await query(embedded, 'show listen_addresses')).toEqual(['']);
		expect((await stat(embedded.connection.host)).mode & 0o777).toBe(0o700);
		expect(embedded.reused).toBe(false);
	});

	test('the application is no superuser, sorts by code point and stores UTF-8', async () => {
		const embedded = await open(directory());
		expect(
			await query(
				embedded,
				`select rolsuper, datlocprovider, datlocale, pg_encoding_to_char(encoding)
				from pg_roles, pg_database where rolname = current_user and datname = current_database()`,
			),
		).toEqual([false, 'b', 'C.UTF-8', 'UTF8']);
	});

	test('the server stops with the last that leaves, and its data is there at the next start', async () => {
		const [first, second] = [await open(directory()), await open(directory())];
		await query(first, "create table kept as select 'still here' as word");
		const pid = await postmaster(directory());
		for (const each of opened.slice(0, -1)) await each.close();
		expect(await query(second, 'select word from kept')).toEqual(['still here']);
		expect(await postmaster(directory())).toBe(pid);
		await second.close();
		expect(await postmaster(directory())).toBeUndefined();
		await gone(pid ?? 0);
		const third = await open(directory());
		expect(await query(third, 'select word from kept')).toEqual(['still here']);
		await third.close();
	});
});

describe('an application that is killed', () => {
	test('leaves a server that the next start reuses, with what was confirmed', async () => {
		const directory = join(folder, 'killed', '.data');
		const application = await hold(directory, 'before the kill');
		const pid = await postmaster(directory);
		await application.stop('SIGKILL');
		const next = await open(directory);
		expect(next.reused).toBe(true);
		expect(await postmaster(directory)).toBe(pid);
		expect(await query(next, 'select text from note')).toEqual(['before the kill']);
		await next.close();
		await gone(pid ?? 0);
	});

	test('together with its server is recovered at the next start, with what was confirmed', async () => {
		const directory = join(folder, 'killed', '.data');
		const application = await hold(directory, 'before the crash');
		const pid = (await postmaster(directory)) ?? 0;
		await application.stop('SIGKILL');
		process.kill(pid, 'SIGKILL');
		const next = await open(directory);
		expect(next.reused).toBe(false);
		expect(await postmaster(directory)).not.toBe(pid);
		expect(await query(next, 'select text from note')).toEqual(['before the kill', 'before the crash']);
		await next.close();
	});

	test('whose process number lives on as another process does not bar the next start', async () => {
		const directory = join(folder, 'killed', '.data');
		const application = await hold(directory, 'number');
		const pid = (await postmaster(directory)) ?? 0;
		await application.stop('SIGKILL');
		process.kill(pid, 'SIGKILL');
		await gone(pid);
		const file = join(directory, 'postgres', 'data', 'postmaster.pid');
		await writeFile(file, (await readFile(file, 'utf8')).replace(/^\d+/, String(process.pid)));
		const next = await open(directory);
		expect(await query(next, 'select count(*)::int from note')).toEqual([3]);
		await next.close();
	});
});

describe('several applications at once', () => {
	test('that open a new folder at once share one server', async () => {
		const directory = join(folder, 'at once', '.data');
		const all = await Promise.all(['a', 'b', 'c'].map((note) => hold(directory, note)));
		expect(all.map(({ how }) => how).sort()).toEqual(['open reused', 'open reused', 'open started']);
		const embedded = await open(directory);
		expect((await query(embedded, 'select text from note')).sort()).toEqual(['a', 'b', 'c']);
		const pid = (await postmaster(directory)) ?? 0;
		await embedded.close();
		await Promise.all(all.map((each) => each.stop()));
		await gone(pid);
	});

	test('that come and go at once never lose the server under each other', async () => {
		const directory = join(folder, 'at once', '.data');
		const visit = async () => {
			const embedded = await openEmbedded({ directory, durable: true });
			const found = await query(embedded, 'select count(*)::int from note');
			await embedded.close();
			return found[0];
		};
		const visitor = async () => [await visit(), await visit(), await visit()];
		expect((await Promise.all([visitor(), visitor(), visitor()])).flat()).toEqual(Array(9).fill(3));
		expect(await postmaster(directory)).toBeUndefined();
	});

	test('get their server back when it is killed under them', async () => {
		const directory = join(folder, 'at once', '.data');
		const embedded = await open(directory);
		process.kill((await postmaster(directory)) ?? 0, 'SIGKILL');
		await expect.poll(() => query(embedded, 'select 1').catch(() => 'down'), { timeout: 20_000 }).toEqual([1]);
		await embedded.close();
	});
});

describe('a folder', () => {
	test('with anything else in it is left as it is', async () => {
		const directory = join(folder, 'foreign', '.data');
		await mkdir(join(directory, 'postgres'), { recursive: true });
		await writeFile(join(directory, 'postgres', 'thesis.txt'), 'years of work');
		await expect(open(directory)).rejects.toThrow(/not the portal's database/);
		expect(await readdir(join(directory, 'postgres'))).toEqual(['thesis.txt']);
	});

	test('with another major version of PostgreSQL in it is left as it is', async () => {
		const directory = join(folder, 'older', '.data');
		await (await open(directory)).close();
		const file = join(directory, 'postgres', 'data', 'PG_VERSION');
		await writeFile(file, '15\n');
		await expect(open(directory)).rejects.toThrow(/made by PostgreSQL 15/);
		expect(await readFile(file, 'utf8')).toBe('15\n');
	});

	test('in which making the database broke off is begun anew', async () => {
		const directory = join(folder, 'broken off', '.data');
		const home = join(directory, 'postgres');
		const maker = startProcess('true', []);
		await maker.ended;
		await mkdir(join(home, `new-${String(maker.pid)}-0badcafe`), { recursive: true });
		const marker = { cluster: 'repayment-portal', directory, durable: true };
		await writeFile(join(home, 'repayment-portal.json'), JSON.stringify(marker));
		const embedded = await open(directory);
		expect(await query(embedded, 'select 1')).toEqual([1]);
		expect((await readdir(home)).filter((name) => name.startsWith('new-'))).toEqual([]);
		await embedded.close();
	});

	test('copied while its server runs gets a server of its own', async () => {
		const [original, copy] = [join(folder, 'original', '.data'), join(folder, 'copy', '.data')];
		const first = await open(original);
		await cp(join(folder, 'original'), join(folder, 'copy'), {
			recursive: true,
			filter: (path) => !path.includes('.s.PGSQL'),
		});
		const second = await open(copy);
		expect(second.reused).toBe(false);
		expect(await postmaster(copy)).not.toBe(await postmaster(original));
		expect(await query(first, 'select 1')).toEqual([1]);
		expect(await query(second, 'select 1')).toEqual([1]);
		await first.close();
		await second.close();
	});

	test('with a path too long for a socket works all the same', async () => {
		const directory = join(folder, 'a folder with a long name, "quoted" and 中文'.repeat(2), '.data');
		const embedded = await open(directory);
		expect(await query(embedded, 'select 1')).toEqual([1]);
		expect(embedded.connection.host.startsWith(directory)).toBe(false);
		const again = await open(directory);
		expect(again.connection.host).toBe(embedded.connection.host);
		await embedded.close();
		await again.close();
		await expect(stat(embedded.connection.host)).rejects.toThrow(/ENOENT/);
	});

	test("of a test's throwaway database is never taken for a real one", async () => {
		const directory = join(folder, 'throwaway', '.data');
		await (await openEmbedded({ directory, durable: false })).close();
		await expect(open(directory)).rejects.toThrow(/throwaway/);
	});

	test('that only root can enter is served all the same, from a folder that it links to', async () => {
		const directory = join(folder, 'closed', '.data');
		await mkdir(join(folder, 'closed'), { mode: 0o700 });
		const embedded = await openEmbedded({ directory, durable: false });
		expect(await query(embedded, 'select 1')).toEqual([1]);
		const home = await realpath(join(directory, 'postgres'));
		expect(home.startsWith(folder)).toBe(process.getuid?.() !== 0);
		await embedded.close();
		await cp(join(folder, 'closed'), join(folder, 'closed copy'), { recursive: true, verbatimSymlinks: true });
		const copy = openEmbedded({ directory: join(folder, 'closed copy', '.data'), durable: false });
		if (process.getuid?.() === 0) await expect(copy).rejects.toThrow(/is the database of/);
		else await (await copy).close();
		await removeThrowawayCluster(directory);
		await expect(stat(home)).rejects.toThrow(/ENOENT/);
	});
});
