import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll } from 'vitest';
import type { Db } from '#lib/server/db/connect.ts';
import type { FileReport } from '#lib/server/import/import-file.ts';
import { importFolder } from '#lib/server/import/import-folder.ts';

/** What a test puts into a folder: rows below the usual header, or a file's whole text or bytes. */
export interface CoreFiles {
	readonly customers?: readonly string[];
	readonly accounts?: readonly string[];
	readonly statements?: readonly string[];
	readonly postings?: readonly string[];
	readonly raw?: Readonly<Record<string, string | Uint8Array>>;
}

/** The headers as the core writes them. */
export const HEADERS = {
	customers: 'customer_id,name,phone,id_last4,locale',
	accounts: 'account_id,customer_id,card_last4,currency,policy,opened_on',
	statements: 'account_id,statement_date,due_date,statement_balance,minimum_payment_due',
	postings: 'account_id,posting_id,posted_on,kind,amount,description',
} as const;

/** One line of rejected.csv. */
export interface Rejected {
	readonly file: string;
	readonly line: string;
	readonly reason: string;
	readonly row: string;
}

const made: string[] = [];
afterAll(() => Promise.all(made.map((directory) => rm(directory, { recursive: true }))));

/** A folder that goes when the test file is through. */
export async function makeFolder(files: CoreFiles): Promise<string> {
	const directory = await mkdtemp(join(tmpdir(), 'portal-import-test-'));
	made.push(directory);
	await putFiles(directory, files);
	return directory;
}

/** Writes files into a folder, in the place of those of the same names. */
export async function putFiles(directory: string, { raw = {}, ...rows }: CoreFiles): Promise<void> {
	for (const [name, lines] of Object.entries(rows) as [keyof typeof HEADERS, readonly string[]][]) {
		await writeFile(join(directory, `${name}.csv`), [HEADERS[name], ...lines, ''].join('\r\n'));
	}
	for (const [name, content] of Object.entries(raw)) await writeFile(join(directory, name), content);
}

/** Imports a folder and reads what was rejected. */
export async function importFrom(
	db: Db,
	directory: string,
): Promise<{ files: Readonly<Record<string, FileReport>>; rejected: Rejected[]; importRunId: string }> {
	const outcome = await importFolder(db, { directory, actor: { kind: 'command', id: null } });
	if (!outcome.ok) throw new Error(outcome.refusal);
	const rejected = parse(await readFile(outcome.rejectedPath), { columns: true }) as Rejected[];
	const files = Object.fromEntries(outcome.files.map((report) => [report.file, report]));
	return { files, rejected, importRunId: outcome.importRunId };
}
