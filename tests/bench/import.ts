/**
 * `portal import` of a book, and of the next night's with one account in a hundred changed, against psql's \copy into the same
 * tables with their keys and checks. \copy gets the same files with amounts in minor units, for it converts nothing.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BOOK_FILES, writeBook } from '../support/bench/book.ts';
import { backslashCopy, findPsql, openBenchDatabases } from '../support/bench/database.ts';
import { benchFlags } from '../support/bench/flags.ts';
import { measure } from '../support/bench/measure.ts';
import { Comparison } from '../support/bench/rounds.ts';

const { accounts, rounds } = benchFlags();
const psql = findPsql();
if (!psql) throw new Error('there is no psql here: install a PostgreSQL client (postgresql-client)');

const folder = await mkdtemp(join(tmpdir(), 'portal-bench-'));
const [tonight, tomorrow, minor] = ['tonight', 'tomorrow', 'minor'].map((name) => join(folder, name)) as [
	string,
	string,
	string,
];
const databases = await openBenchDatabases();
try {
	await writeBook(tonight, { accounts });
	await writeBook(tomorrow, { accounts, changed: true });
	await writeBook(minor, { accounts, inMinorUnits: true });
	console.log(`  ${String(accounts)} accounts, the database not durable, \\copy by ${psql}`);
	const comparison = new Comparison();
	for (let round = 0; round < rounds; round++) {
		const base = await copyWithPsql(psql);
		const database = await databases.create();
		const first = await importFolder(database, tonight);
		comparison.add({ title: 'import', aim: 'at most 1.5', base, ours: first });
		const again = await importFolder(database, tomorrow);
		comparison.add({ title: 'import again, 1 % changed', aim: 'at most 2.3', base, ours: again });
		await databases.drop(database);
	}
	comparison.print();
} finally {
	await databases.remove();
	await rm(folder, { recursive: true });
}

async function copyWithPsql(program: string) {
	const { postmaster } = databases;
	const database = await databases.create();
	// In customers', accounts', statements', postings' order: each refers to those before it.
	const input = BOOK_FILES.map((file) => backslashCopy(minor, file)).join('');
	const command = [program, '--quiet', '--no-psqlrc', '--set=ON_ERROR_STOP=1', database] as const;
	const measured = await measure([...command], { postmaster, input });
	await databases.drop(database);
	return measured;
}

function importFolder(database: string, from: string) {
	const { postmaster } = databases;
	return measure([process.execPath, 'src/cli/portal.ts', 'import', from], {
		postmaster,
		env: { DATABASE_URL: database },
	});
}
