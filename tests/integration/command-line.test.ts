import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFolder } from '../support/core-files.ts';
import { useDatabase } from '../support/database.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const EXAMPLES = join(ROOT, 'tests', 'examples');
const SECRET_KEY = 'a key for tests that is long enough';
const database = useDatabase();
const empty = useDatabase();
let folder = '';

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'portal-command-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
	readonly code: number | null;
	readonly out: string;
	readonly err: string;
}

/** Runs the command line from source, as after `npm ci` without a build. */
async function portal(args: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<Ended> {
	const { PATH, HOME } = process.env;
	const child = spawn(process.execPath, ['src/cli/portal.ts', ...args], {
		cwd: ROOT,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			PATH,
			HOME,
			SECRET_KEY,
			PORTAL_TODAY: '2026-11-20',
			EMBEDDED_DATABASE_URL: database.connectionString,
			...settings,
		},
	});
	const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
	return { code: code as number | null, out, err };
}

test('wrong usage ends with 2 and says so on standard error', async () => {
	for (const args of [
		[],
		['nonsense'],
		['owed'],
		['owed', '--account', 'A1', '--as-of', '2026-02-30'],
		['owed', '--all'],
		['owed', '--account', 'A1', '--all', '--out', 'x.csv'],
		['schedule'],
	]) {
		const ended = await portal(args);
		expect(ended, args.join(' ')).toMatchObject({ code: 2, out: '' });
		expect(ended.err).not.toBe('');
	}
});

test('the help lists every command, and each has its own', async () => {
	const all = await portal(['--help']);
	expect(all).toMatchObject({ code: 0, err: '' });
	for (const command of [
		'migrate',
		'import',
		'owed',
		'schedule',
		'link',
		'remind',
		'replay',
		'staff',
		'work',
		'verify',
		'demo',
	]) {
		expect(all.out).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
	}
	const own = await portal(['owed', '--help']);
	expect(own).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Usage: portal owed') as string });
});

test('cases need no database, and come out line for line in order', async () => {
	const cases = join(EXAMPLES, 'owed.jsonl');
	const expected = (await readFile(cases, 'utf8'))
		.trim()
		.split('\n')
		.map((line) => JSON.stringify((JSON.parse(line) as { expected: unknown }).expected));
	const none = { EMBEDDED_DATABASE_URL: 'postgresql://nobody@localhost:1/none' };
	const owed = await portal(['owed', '--cases', cases, '--policies', join(EXAMPLES, 'policies.json')], none);
	expect(owed).toMatchObject({ code: 0, err: '' });
	expect(owed.out.trimEnd().split('\n')).toEqual(expected);
	const schedules = join(EXAMPLES, 'schedules.jsonl');
	const schedule = await portal(['schedule', '--cases', schedules], none);
	expect(schedule).toMatchObject({ code: 0, err: '' });
	expect(schedule.out.trimEnd()).toBe((await readFile(schedules, 'utf8')).trimEnd());
});

test('a case that is refused keeps its place, is named with its line, and ends with 1', async () => {
	const sound = '{"policy":"cn-standard","asOf":"2025-03-01","statements":[],"postings":[]}';
	const broken = sound.replace('2025-03-01', '2025-02-29');
	const directory = await makeFolder({ raw: { 'cases.jsonl': [sound, broken, 'no json', sound].join('\n') } });
	const path = join(directory, 'cases.jsonl');
	const ended = await portal(['owed', '--cases', path]);
	expect(ended.code).toBe(1);
	const kinds = ended.out
		.trimEnd()
		.split('\n')
		.map((line) => ('refused' in (JSON.parse(line) as object) ? 'refused' : 'figures'));
	expect(kinds).toEqual(['figures', 'refused', 'refused', 'figures']);
	expect(ended.err).toContain(`${path} line 2: {"problem":"not_a_day"`);
	expect(ended.err).toContain(`${path} line 3: {"problem":"not_json"}`);
});

test('from an empty database to a file of what everybody owes, to the fen', async () => {
	const at = { EMBEDDED_DATABASE_URL: empty.connectionString };
	const books = join(EXAMPLES, 'books');
	const files = ['policies.json', 'customers.csv', 'accounts.csv', 'statements.csv', 'postings.csv'];
	const raw = Object.fromEntries(
		await Promise.all(files.map(async (name) => [name, await readFile(join(books, name))] as const)),
	);
	const directory = await makeFolder({ raw });

	const imported = await portal(['import', directory], at);
	expect(imported).toMatchObject({ code: 0, err: '' });
	expect(imported.out).toContain('postings.csv: 1527 rows, 1527 added, 0 changed, 0 unchanged, 0 refused');

	const out = join(folder, 'owed.csv');
	expect(await portal(['owed', '--all', '--out', out], at)).toEqual({ code: 0, out: '', err: '' });
	expect(await readFile(out, 'utf8')).toBe(await readFile(join(books, 'expected.csv'), 'utf8'));

	const one = await portal(['owed', '--account', 'A20000006', '--as-of', '2026-11-20', '--json'], at);
	expect(JSON.parse(one.out)).toMatchObject({ totalOutstanding: '159.03', daysPastDue: 38, delinquencyBucket: 'M2' });
	expect((await portal(['verify'], at)).out).toMatch(
		/^Every promise is kept\.\nThe audit chain ends at \d+:[0-9a-f]*\n$/,
	);
});

test('what is refused is named with where and why, ends with 1, and the rest goes on', async () => {
	const directory = await makeFolder({
		customers: ['C1,林一,+8610000000001,123X,zh-CN'],
		accounts: ['A1,C1,1111,CNY,cn-standard,2025-01-01', 'A2,C1,1112,CNY,cn-standard,2025-01-01'],
		postings: ['A1,P1,2026-11-01,fee,5.00,', 'A2,P1,2026-11-01,gift,5.00,'],
	});
	const imported = await portal(['import', directory]);
	expect(imported.code).toBe(1);
	expect(imported.err).toContain(`${directory}/postings.csv: 1 rows refused, see ${directory}/rejected.csv`);

	const out = join(folder, 'some.csv');
	const all = await portal(['owed', '--all', '--out', out]);
	expect(all.code).toBe(1);
	expect(all.err).toContain('account A2 is being checked: row_refused, postings.csv line 3: unknown kind');
	expect((await readFile(out, 'utf8')).split('\r\n').slice(1)).toEqual([
		'A1,2026-11-20,0.00,0.00,0.00,5.00,0.00,0.00,5.00,0.00,0,M0,0.00',
		'',
	]);
	for (const [args, why] of [
		[['owed', '--account', 'A2'], 'account A2 is being checked'],
		[['owed', '--account', 'A404'], 'account A404: there is no such account'],
		[['link', '--account', 'A404'], 'account A404: there is no such account'],
		[['import', join(directory, 'missing')], 'there is no such folder'],
		[['owed', '--cases', join(directory, 'missing')], 'there is no such file'],
	] as const) {
		const ended = await portal(args);
		expect(ended).toMatchObject({ code: 1, out: '' });
		expect(ended.err).toContain(why);
	}
});

test('a link is printed, its message queued and the deed written into the audit log', async () => {
	const directory = await makeFolder({
		customers: ['C7,Ann,+8610000000007,1234,en'],
		accounts: ['A7,C7,1111,CNY,cn-standard,2025-01-01'],
	});
	await portal(['import', directory]);
	const ended = await portal(['link', '--account', 'A7'], { ORIGIN: 'https://repay.example.com' });
	expect(ended).toMatchObject({ code: 0, err: '' });
	expect(ended.out).toMatch(/^https:\/\/repay\.example\.com\/l\/[\w-]{22}\n$/);
	const queued = await database.db
		.selectFrom('outbox_message')
		.select('template')
		.where('account_id', '=', 'A7')
		.execute();
	expect(queued).toEqual([{ template: 'reminder' }]);
	const audit = await database.db
		.selectFrom('audit_log')
		.select(['action', 'actor_kind'])
		.where('cardholder_id', '=', 'C7')
		.execute();
	expect(audit).toContainEqual({ action: 'access_link.created', actor_kind: 'command' });
});

test('staff are added by a one-time link; a login that is taken is refused', async () => {
	const args = ['staff', 'add', '--login', 'ann', '--name', 'Ann', '--role', 'agent'];
	expect(await portal(args)).toMatchObject({
		code: 0,
		out: expect.stringMatching(/\/staff\/enrol\/[\w-]+\n$/) as string,
	});
	expect(await portal(args)).toMatchObject({ code: 1, out: '', err: 'staff ann: is taken\n' });
});

test('with a database that is given, what a command uses must be set, and nothing is migrated or emptied by the way', async () => {
	const given = { DATABASE_URL: database.connectionString, PORTAL_TODAY: '', SECRET_KEY: '' };
	const link = await portal(['link', '--account', 'A7'], given);
	expect(link).toMatchObject({ code: 1, out: '', err: 'ORIGIN is missing\nSECRET_KEY is missing\n' });
	expect(await portal(['demo'], given)).toMatchObject({ code: 1, out: '' });
	await database.owner.deleteFrom('kysely_migration' as 'setting').execute();
	const behind = await portal(['owed', '--account', 'A7'], given);
	expect(behind.code).toBe(1);
	expect(behind.err).toContain('Bring it up to date with: npm run -s portal -- migrate');
});
