import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { createTestDatabase, startTestCluster } from '../cluster.ts';
import type { BookFile } from './book.ts';

/** The databases of a bench, in a throwaway cluster of its own. It is not durable: neither side waits for the disk. */
export interface BenchDatabases {
	/** The process whose children serve the databases. */
	readonly postmaster: number;
	/** A fresh database with the portal's tables, keys and checks, and no rows. */
	create(): Promise<string>;
	/** Drops one that is done with, so that the disk holds a few books only. */
	drop(connectionString: string): Promise<void>;
	remove(): Promise<void>;
}

export async function openBenchDatabases(): Promise<BenchDatabases> {
	const cluster = await startTestCluster();
	const sockets = new URL(cluster.template).searchParams.get('host') ?? '';
	const pidFile = readFileSync(join(sockets, '..', 'data', 'postmaster.pid'), 'utf8');
	return {
		postmaster: Number(pidFile.split('\n')[0]),
		create: () => createTestDatabase(cluster.template),
		async drop(connectionString) {
			const url = new URL(connectionString);
			const name = url.pathname.slice(1);
			url.pathname = '/postgres';
			await runSql(url.href, `drop database ${name}`);
		},
		remove: cluster.remove,
	};
}

/** Runs statements one after another, each by itself. */
export async function runSql(connectionString: string, ...statements: string[]): Promise<void> {
	const client = new pg.Client({ connectionString });
	await client.connect();
	try {
		for (const statement of statements) await client.query(statement);
	} finally {
		await client.end();
	}
}

/** psql's path, or undefined: the embedded package brings none. */
export function findPsql(): string | undefined {
	try {
		return execFileSync('sh', ['-c', 'command -v psql'], { encoding: 'utf8' }).trim();
	} catch {
		return undefined;
	}
}

/** Where a file's columns go, in the order of the file. */
const COLUMNS: Readonly<Record<BookFile, string>> = {
	'customers.csv': 'cardholder (id, name, phone, id_last4, locale)',
	'accounts.csv': 'account (id, cardholder_id, card_last4, currency, policy_code, opened_on)',
	'statements.csv': 'statement (account_id, statement_date, due_date, statement_balance, minimum_payment_due)',
	'postings.csv': 'posting (account_id, id, posted_on, kind, amount, description)',
};

/** The command for psql that copies a file into its table; an empty description is one, and not nothing. */
export function backslashCopy(folder: string, file: BookFile): string {
	const options = file === 'postings.csv' ? 'format csv, header, force_not_null (description)' : 'format csv, header';
	return `\\copy ${COLUMNS[file]} from '${join(folder, file)}' (${options})\n`;
}
