/** `portal owed --all` against COPY of the same rows out, ordered by account, to nothing. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BENCH_DAY } from '../support/bench/account.ts';
import { writeBook } from '../support/bench/book.ts';
import { findPsql, openBenchDatabases, runSql } from '../support/bench/database.ts';
import { benchFlags } from '../support/bench/flags.ts';
import { measure } from '../support/bench/measure.ts';
import { Comparison } from '../support/bench/rounds.ts';

const COPIES = [
	'copy (select * from account order by id) to stdout;',
	'copy (select * from statement order by account_id) to stdout;',
	'copy (select * from posting order by account_id) to stdout;',
];

const { accounts, rounds } = benchFlags();
const psql = findPsql();
if (!psql) throw new Error('there is no psql here: install a PostgreSQL client (postgresql-client)');

const folder = await mkdtemp(join(tmpdir(), 'portal-bench-'));
const databases = await openBenchDatabases();
const { postmaster } = databases;
try {
	const database = await databases.create();
	const env = { DATABASE_URL: database };
	const portal = [process.execPath, 'src/cli/portal.ts'] as const;
	await writeBook(join(folder, 'book'), { accounts });
	await measure([...portal, 'import', join(folder, 'book')], { postmaster, env });
	// Else whoever reads first also marks every row as committed.
	await runSql(database, ...['account', 'statement', 'posting'].map((table) => `vacuum analyze ${table}`));
	console.log(`  ${String(accounts)} accounts, the database not durable, COPY by ${psql}`);
	const comparison = new Comparison();
	const owed = [...portal, 'owed', '--all', '--as-of', BENCH_DAY, '--out', join(folder, 'owed.csv')] as const;
	const reconcile = [...portal, 'reconcile', '--out', join(folder, 'differences.csv')] as const;
	for (let round = 0; round < rounds; round++) {
		const base = await measure(
			[psql, '--quiet', '--no-psqlrc', '--set=ON_ERROR_STOP=1', `--output=/dev/null`, database],
			{
				postmaster,
				input: COPIES.join('\n'),
			},
		);
		comparison.add({
			title: 'owed --all',
			aim: 'at most 2.5',
			base,
			ours: await measure([...owed], { postmaster, env }),
		});
		comparison.add({ title: 'reconcile', aim: 'none', base, ours: await measure([...reconcile], { postmaster, env }) });
	}
	comparison.print();
} finally {
	await databases.remove();
	await rm(folder, { recursive: true });
}
