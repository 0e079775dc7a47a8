import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { CANARIES } from '../support/canaries.ts';
import { LOG_FILE, query, readPlanted, runFolder } from './run-folder.ts';

test.afterAll(() => rmSync(runFolder(), { recursive: true, force: true }));

/** A value as a log could spell it; short digits count only where they stand alone. */
function standsIn(text: string, value: string): boolean {
	if (/^\d{1,8}$/.test(value)) return new RegExp(`(?<![\\w.:-])${value}(?![\\w])`).test(text);
	const escaped = JSON.stringify(value).slice(1, -1);
	const ascii = escaped.replaceAll(
		/[^\u0020-\u007e]/g,
		(sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	const base64 = Buffer.from(value).toString('base64').replace(/=*$/, '').slice(0, -1);
	return [value, escaped, ascii, encodeURIComponent(value), base64].some((spelt) => text.includes(spelt));
}

/** What the server said after its greeting, which tells the demo's passwords to whoever started it. */
function readLog(): string {
	const log = readFileSync(join(runFolder(), LOG_FILE), 'utf8');
	const greeted = log.indexOf('Ctrl-C');
	return greeted === -1 ? log : log.slice(log.indexOf('\n', greeted));
}

/** Every row of every table of the queue, as text. */
async function readJobs(): Promise<string> {
	const tables = await query<{ name: string }>(
		`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'pgboss'`,
	);
	const rows = await Promise.all(
		tables.map(({ name }) => query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`)),
	);
	return rows
		.flat()
		.map(({ row }) => row)
		.join('\n');
}

/** The people of the book: no name and no number of theirs belongs in a log either. */
async function readPeople(): Promise<{ name: string; value: string }[]> {
	const people = await query<{ name: string; phone: string }>('select name, phone from cardholder');
	return people.flatMap(({ name, phone }) => [
		{ name: 'a name', value: name },
		{ name: 'a number', value: phone },
	]);
}

// A part of the walks does not plant them all.
if (process.env.E2E_WHOLE === 'true') {
	test('every canary was planted', () => {
		const planted = new Set(readPlanted().map(({ name }) => name));
		expect(CANARIES.map(({ value }) => value).filter((value) => !planted.has(value))).toEqual([]);
	});
}

test('no canary, token, code, name or number is in the log or in a job', async () => {
	const log = readLog();
	const jobs = await readJobs();
	// What is looked through is really there.
	expect(log).toContain('"route":"/readyz"');
	expect(jobs).toContain('messageId');
	const secrets = [...readPlanted(), ...(await readPeople())];
	const leaked = secrets.filter(({ value }) => standsIn(log, value) || standsIn(jobs, value));
	expect([...new Set(leaked.map(({ name, value }) => `${name}: ${value}`))]).toEqual([]);
});
