import { cp, mkdir, readdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { removeThrowawayCluster } from '#lib/server/db/embedded/remove-cluster.ts';
import { postmasterOf, query, useEmbeddedLab } from '../support/embedded.ts';
import { startProcess } from '../support/process.ts';

const lab = useEmbeddedLab();

describe('a folder', () => {
	test('with anything else in it is left as it is', async () => {
		const directory = lab.path('foreign', '.data');
		await mkdir(join(directory, 'postgres'), { recursive: true });
		await writeFile(join(directory, 'postgres', 'thesis.txt'), 'years of work');
		await expect(lab.open(directory)).rejects.toThrow(/not the portal's database/);
		expect(await readdir(join(directory, 'postgres'))).toEqual(['thesis.txt']);
	});

	test('with another major version of PostgreSQL in it is left as it is', async () => {
		const directory = lab.path('older', '.data');
		await (await lab.open(directory)).close();
		const file = join(directory, 'postgres', 'data', 'PG_VERSION');
		await writeFile(file, '15\n');
		await expect(lab.open(directory)).rejects.toThrow(/made by PostgreSQL 15/);
		expect(await readFile(file, 'utf8')).toBe('15\n');
	});

	test('in which making the database broke off is begun anew', async () => {
		const directory = lab.path('broken off', '.data');
		const home = join(directory, 'postgres');
		const maker = startProcess('true', []);
		await maker.ended;
		await mkdir(join(home, `new-${String(maker.pid)}-0badcafe`), { recursive: true });
		const marker = { cluster: 'repayment-portal', directory, durable: true };
		await writeFile(join(home, 'repayment-portal.json'), JSON.stringify(marker));
		const embedded = await lab.open(directory);
		expect(await query(embedded, 'select 1')).toEqual([1]);
		expect((await readdir(home)).filter((name) => name.startsWith('new-'))).toEqual([]);
		await embedded.close();
	});

	test('copied while its server runs gets a server of its own', async () => {
		const [original, copy] = [lab.path('original', '.data'), lab.path('copy', '.data')];
		const first = await lab.open(original);
		await cp(lab.path('original'), lab.path('copy'), {
			recursive: true,
			filter: (path) => !path.includes('.s.PGSQL'),
		});
		const second = await lab.open(copy);
		expect(second.reused).toBe(false);
		expect(await postmasterOf(copy)).not.toBe(await postmasterOf(original));
		expect(await query(first, 'select 1')).toEqual([1]);
		expect(await query(second, 'select 1')).toEqual([1]);
		await first.close();
		await second.close();
	});

	test('with a path too long for a socket works all the same', async () => {
		const directory = lab.path('a folder with a long name, "quoted" and 中文'.repeat(2), '.data');
		const embedded = await lab.open(directory);
		expect(await query(embedded, 'select 1')).toEqual([1]);
		expect(embedded.connection.host.startsWith(directory)).toBe(false);
		const again = await lab.open(directory);
		expect(again.connection.host).toBe(embedded.connection.host);
		await embedded.close();
		await again.close();
		await expect(stat(embedded.connection.host)).rejects.toThrow(/ENOENT/);
	});

	test("of a test's throwaway database is never taken for a real one", async () => {
		const directory = lab.path('throwaway', '.data');
		await (await lab.open(directory, false)).close();
		await expect(lab.open(directory)).rejects.toThrow(/throwaway/);
	});

	test('that only root can enter is served all the same, from a folder that it links to', async () => {
		const directory = lab.path('closed', '.data');
		await mkdir(lab.path('closed'), { mode: 0o700 });
		const embedded = await lab.open(directory, false);
		expect(await query(embedded, 'select 1')).toEqual([1]);
		const home = await realpath(join(directory, 'postgres'));
		expect(home.startsWith(lab.path())).toBe(process.getuid?.() !== 0);
		await embedded.close();
		await cp(lab.path('closed'), lab.path('closed copy'), { recursive: true, verbatimSymlinks: true });
		const copy = lab.open(lab.path('closed copy', '.data'), false);
		if (process.getuid?.() === 0) await expect(copy).rejects.toThrow(/is the database of/);
		else await (await copy).close();
		await removeThrowawayCluster(directory);
		await expect(stat(home)).rejects.toThrow(/ENOENT/);
	});

	test('made anew where an earlier one was removed does not find its data', async () => {
		const directory = lab.path('again', '.data');
		await mkdir(lab.path('again'), { mode: 0o700 });
		const first = await lab.open(directory, false);
		await query(first, 'create table left_over ()');
		await first.close();
		const earlier = await realpath(join(directory, 'postgres'));
		await rm(directory, { recursive: true });
		const second = await lab.open(directory, false);
		expect(await query(second, "select to_regclass('left_over')")).toEqual([null]);
		await second.close();
		await removeThrowawayCluster(directory);
		await rm(earlier, { recursive: true, force: true });
	});

	test('in which a link was planted does not lead the server out of it', async () => {
		const directory = lab.path('planted', '.data');
		await (await lab.open(directory, false)).close();
		const victim = lab.path('victim.txt');
		await writeFile(victim, 'untouched', { mode: 0o600 });
		await rm(join(directory, 'postgres', 'postgres.log'));
		await symlink(victim, join(directory, 'postgres', 'postgres.log'));
		await expect(lab.open(directory, false)).rejects.toThrow(/ELOOP/);
		expect(await readFile(victim, 'utf8')).toBe('untouched');
	});
});
