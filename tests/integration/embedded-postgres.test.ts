import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openEmbedded } from '#lib/server/db/embedded/open-embedded.ts';
import { gone, killServer, postmasterOf, query, useEmbeddedLab } from '../support/embedded.ts';

const lab = useEmbeddedLab();

describe('one application after another', () => {
	const directory = () => lab.path('after', '.data');

	test('the database is reached by a socket that only its account can enter, and by no port', async () => {
		const embedded = await lab.open(directory());
		expect(await query(embedded, 'show listen_addresses')).toEqual(['']);
		expect((await stat(embedded.connection.host)).mode & 0o777).toBe(0o700);
		await embedded.close();
	});

	test('the application is no superuser, sorts by code point and stores UTF-8', async () => {
		const embedded = await lab.open(directory());
		expect(
			await query(
				embedded,
				`select rolsuper, datlocprovider, datlocale, pg_encoding_to_char(encoding)
				from pg_roles, pg_database where rolname = current_user and datname = current_database()`,
			),
		).toEqual([false, 'b', 'C.UTF-8', 'UTF8']);
		await embedded.close();
	});

	test('the server stops with the last that leaves, and its data is there at the next start', async () => {
		const [first, second] = [await lab.open(directory()), await lab.open(directory())];
		await query(first, "create table kept as select 'still here' as word");
		const pid = await postmasterOf(directory());
		await first.close();
		expect(await query(second, 'select word from kept')).toEqual(['still here']);
		expect(await postmasterOf(directory())).toBe(pid);
		await second.close();
		expect(await postmasterOf(directory())).toBeUndefined();
		await gone(pid);
		const third = await lab.open(directory());
		expect(await query(third, 'select word from kept')).toEqual(['still here']);
		await third.close();
	});
});

describe('an application that is killed', () => {
	test('leaves a server that the next start reuses, with what was confirmed', async () => {
		const directory = lab.path('killed', '.data');
		const application = await lab.hold(directory, 'before the kill');
		const pid = await postmasterOf(directory);
		await application.stop('SIGKILL');
		const next = await lab.open(directory);
		expect(next.reused).toBe(true);
		expect(await postmasterOf(directory)).toBe(pid);
		expect(await query(next, 'select text from note')).toEqual(['before the kill']);
		await next.close();
		await gone(pid);
	});

	test('together with its server is recovered at the next start, with what was confirmed', async () => {
		const directory = lab.path('killed', '.data');
		const application = await lab.hold(directory, 'before the crash');
		await application.stop('SIGKILL');
		await killServer(directory);
		const next = await lab.open(directory);
		expect(next.reused).toBe(false);
		expect(await query(next, 'select text from note')).toEqual(['before the kill', 'before the crash']);
		await next.close();
	});

	test('whose process number lives on as another process does not bar the next start', async () => {
		const directory = lab.path('killed', '.data');
		const application = await lab.hold(directory, 'number');
		await application.stop('SIGKILL');
		await killServer(directory);
		const file = join(directory, 'postgres', 'data', 'postmaster.pid');
		await writeFile(file, (await readFile(file, 'utf8')).replace(/^\d+/, String(process.pid)));
		const next = await lab.open(directory);
		expect(await query(next, 'select count(*)::int from note')).toEqual([3]);
		await next.close();
	});
});

describe('several applications at once', () => {
	test('that open a new folder at once share one server', async () => {
		const directory = lab.path('at once', '.data');
		const all = await Promise.all(['a', 'b', 'c'].map((note) => lab.hold(directory, note)));
		expect(all.map(({ how }) => how).sort()).toEqual(['open reused', 'open reused', 'open started']);
		const embedded = await lab.open(directory);
		expect((await query(embedded, 'select text from note')).sort()).toEqual(['a', 'b', 'c']);
		const pid = await postmasterOf(directory);
		await embedded.close();
		await Promise.all(all.map((each) => each.stop()));
		await gone(pid);
	});

	test('that come and go at once never lose the server under each other', async () => {
		const directory = lab.path('at once', '.data');
		const visit = async () => {
			const embedded = await openEmbedded({ directory, durable: true });
			const found = await query(embedded, 'select count(*)::int from note');
			await embedded.close();
			return found[0];
		};
		const visitor = async () => [await visit(), await visit(), await visit()];
		expect((await Promise.all([visitor(), visitor(), visitor()])).flat()).toEqual(Array(9).fill(3));
		expect(await postmasterOf(directory)).toBeUndefined();
	});

	test('get their server back when it is killed under them', async () => {
		const directory = lab.path('at once', '.data');
		const embedded = await lab.open(directory);
		await killServer(directory);
		await expect.poll(() => query(embedded, 'select 1').catch(() => 'down'), { timeout: 20_000 }).toEqual([1]);
		await embedded.close();
	});
});
