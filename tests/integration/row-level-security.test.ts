import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Db } from '#lib/server/db/connect.ts';
import { type Identity, runAs } from '#lib/server/db/identity.ts';
import { isBoundByPolicies } from '#lib/server/db/serving-role.ts';
import { loadDemo } from '#lib/server/demo/load-demo.ts';
import { rereadEnv } from '#lib/server/env.ts';
import { useDatabase } from '../support/database.ts';
import { ABOUT_NOBODY, OF_CARDHOLDER, SEEN } from '../support/wall-matrix.ts';
import { fillFor, listTables, ownerOf, placesOf, type Table } from '../support/wall.ts';

const database = useDatabase();

const NOBODY = '00000000-0000-0000-0000-000000000000';

let tables: Table[];
let walled: Table[];
/** Two who have something in as many tables as there are. */
let mine: string;
let other: string;

let folder = '';
beforeAll(async () => {
	process.env.SECRET_KEY = 'a key for tests that is long enough';
	folder = await mkdtemp(join(tmpdir(), 'portal-wall-test-'));
	process.env.STORAGE = `file:${folder}`;
	rereadEnv();
	await loadDemo(database.owner, { today: '2026-11-21' });
	const { rows } = await sql<{ id: string }>`
		select cardholder_id as id from agreement where signed_at is not null order by 1 limit 2`.execute(database.owner);
	[mine = '', other = ''] = rows.map(({ id }) => id);
	for (const id of [mine, other]) await fillFor(database.owner, id);
	// One that has everything, as if it had never been sent.
	await sql`alter table application disable trigger application_moves`.execute(database.owner);
	await sql`update application set status = 'draft' where id = (
		select a.id from application a where a.status = 'submitted' and a.quote_id is not null
			and exists (select from evidence e where e.application_id = a.id) limit 1)`.execute(database.owner);
	await sql`alter table application enable trigger application_moves`.execute(database.owner);
	await sql`insert into staff_session (id, staff_id, expires_at) select login, id, now() from staff`.execute(
		database.owner,
	);
	await sql`insert into passkey (staff_id, credential_id, public_key, counter, device_type, backed_up, name)
		select id, login::bytea, 'k', 0, 'singleDevice', false, 'n' from staff`.execute(database.owner);
	tables = await listTables(database.owner);
	walled = tables.filter((table) => table.walled);
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

/** Asks with the role that serves, in somebody's name. */
function as<T>(identity: Identity, ask: (db: Db) => Promise<T>): Promise<T> {
	return runAs(identity, () => ask(database.db));
}

function staffOf(role: 'agent' | 'supervisor' | 'support' | 'admin'): Identity {
	return { staff: role, staffId: NOBODY };
}

test('every table has its wall, or is named as one that is about nobody', () => {
	const open = tables.filter((table) => !table.walled).map(({ name }) => name);
	expect(open.sort()).toEqual(ABOUT_NOBODY);
	const told = open.filter((name) =>
		tables.find((table) => table.name === name)?.columns.some((column) => /cardholder|phone|^account_id/.test(column)),
	);
	expect(told).toEqual([]);
});

test('the role that serves owns no table, passes no wall by, and makes none', async () => {
	const { rows } = await sql<{ owned: number; strong: boolean; makes: boolean }>`
		select (select count(*) from pg_class where relowner = r.oid) as owned,
			r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb as strong,
			has_schema_privilege(r.oid, 'public', 'create') as makes
		from pg_roles r where rolname = current_user`.execute(database.db);
	expect(rows).toEqual([{ owned: 0, strong: false, makes: false }]);
	expect([await isBoundByPolicies(database.db), await isBoundByPolicies(database.owner)]).toEqual([true, false]);
});

test('each table has rows of two people, so that what is not seen is kept back', async () => {
	for (const table of walled) {
		const owner = ownerOf(table);
		const count = (await placesOf(database.owner, table)).length;
		expect(count, table.name).toBeGreaterThanOrEqual(2);
		if (owner === 'null::text') continue;
		for (const id of [mine, other]) {
			const rows = await placesOf(database.owner, table, `${owner} = '${id}'`);
			if (table.name !== 'staff') expect(rows, table.name).not.toEqual([]);
		}
	}
});

test('a connection that says for nobody sees no row, and one for the system sees all', async () => {
	const silent = connect({ connectionString: database.connectionString, max: 1 });
	for (const table of walled) {
		expect(await placesOf(silent, table), table.name).toEqual([]);
		expect(await as('system', (db) => placesOf(db, table)), table.name).toEqual(await placesOf(database.owner, table));
	}
	await silent.destroy();
});

test('a cardholder sees their own rows of their own tables, and no other row', async () => {
	for (const table of walled) {
		const own = await placesOf(database.owner, table, `${ownerOf(table)} = '${mine}'`);
		const seen = await as({ cardholder: mine }, (db) => placesOf(db, table));
		expect(seen, table.name).toEqual(OF_CARDHOLDER.includes(table.name) ? own : []);
	}
});

test.each(Object.entries(SEEN))('%s sees the tables of their work and no row of any other', async (who, names) => {
	const identity = who === 'door' ? 'door' : staffOf(who as 'agent');
	const seen: string[] = [];
	for (const table of walled) {
		if ((await as(identity, (db) => placesOf(db, table))).length > 0) seen.push(table.name);
	}
	expect(seen.sort()).toEqual(names);
});

test('what was never sent is not seen at the desk', async () => {
	for (const [name, where] of [
		['application', `status = 'draft'`],
		['quote', `application_id in (select id from application where status = 'draft')`],
		['evidence', `application_id in (select id from application where status = 'draft')`],
	] as const) {
		const table = { name, walled: true, columns: [] };
		const drafts = await placesOf(database.owner, table, where);
		const seen = await as(staffOf('supervisor'), (db) => placesOf(db, table));
		expect(drafts, name).not.toEqual([]);
		expect(
			seen.filter((place) => drafts.includes(place)),
			name,
		).toEqual([]);
	}
});

/** A row of somebody else's, as it stands. */
async function rowOf(table: Table, cardholderId: string): Promise<object | undefined> {
	const { rows } = await sql<{ row: object }>`
		select to_jsonb(t) as row from ${sql.table(table.name)} t
		where ${sql.raw(ownerOf(table))} = ${cardholderId} limit 1`.execute(database.owner);
	return rows[0]?.row;
}

function put(db: Db, table: Table, row: object) {
	const columns = sql.join(table.columns.map((column) => sql.id(column)));
	return sql`insert into ${sql.table(table.name)} (${columns}) overriding system value
		select ${columns} from jsonb_populate_record(null::${sql.table(table.name)}, ${JSON.stringify(row)}::jsonb)`.execute(
		db,
	);
}

/** Where a trigger looks first, its rule speaks before the wall does. */
const REFUSED = /row-level security|permission denied|nobody decides/;

test('nobody writes a row in another cardholder’s name, changes one, or takes one away', async () => {
	for (const table of walled) {
		const row = await rowOf(table, other);
		// Everybody adds to the audit log; whose deed it was stands in the code that writes it.
		if (!row || table.name === 'audit_log') continue;
		await expect(
			as({ cardholder: mine }, (db) => put(db, table, row)),
			table.name,
		).rejects.toThrow(REFUSED);
		const column = sql.id(table.columns.at(-1) ?? '');
		const target = sql.table(table.name);
		const before = await placesOf(database.owner, table, `${ownerOf(table)} = '${other}'`);
		const at = sql`where ctid = ${before[0]}::tid`;
		for (const change of [sql`update ${target} set ${column} = ${column} ${at}`, sql`delete from ${target} ${at}`]) {
			await as({ cardholder: mine }, (db) => change.execute(db)).then(
				({ numAffectedRows }) => expect(numAffectedRows, table.name).toBe(0n),
				(error: Error) => expect(error.message, table.name).toMatch(REFUSED),
			);
			expect(await placesOf(database.owner, table, `${ownerOf(table)} = '${other}'`), table.name).toEqual(before);
		}
	}
});

test.each(['support', 'admin'] as const)('%s writes nothing into the case of anybody', async (role) => {
	const kept = ['posting', 'statement', 'application', 'quote', 'evidence', 'decision', 'agreement', 'confirmation'];
	for (const table of walled.filter(({ name }) => kept.includes(name))) {
		const row = await rowOf(table, other);
		await expect(
			as(staffOf(role), (db) => put(db, table, row ?? {})),
			table.name,
		).rejects.toThrow(REFUSED);
	}
});

test('an agent locks a row of the staff, and changes nothing of a colleague’s nor a role', async () => {
	const lock = (db: Db) => sql`select id from staff for no key update`.execute(db);
	expect((await as(staffOf('agent'), lock)).rows.length).toBeGreaterThan(1);
	const promote = (db: Db) => sql`update staff set role = 'admin'`.execute(db);
	await expect(as(staffOf('agent'), promote)).rejects.toThrow(REFUSED);
	const { id } = await database.owner
		.selectFrom('staff')
		.select('id')
		.where('role', '=', 'agent')
		.executeTakeFirstOrThrow();
	const me: Identity = { staff: 'agent', staffId: id };
	const note = (db: Db) => sql`update staff set totp_last_step = 1 where id = ${id}`.execute(db);
	expect((await as(me, note)).numAffectedRows).toBe(1n);
	await expect(as(me, (db) => sql`update staff set role = 'admin' where id = ${id}`.execute(db))).rejects.toThrow(
		REFUSED,
	);
});

test('of many at once on few connections each sees their own rows, also after a failed transaction', async () => {
	const few = connect({ connectionString: database.connectionString, max: 2 });
	const people = await placesAndIds();
	const asked = Array.from({ length: 60 }, (_, n) => people[n % people.length] ?? '');
	const seen = await Promise.all(
		asked.map((id, n) =>
			runAs({ cardholder: id }, async () => {
				if (n % 3 === 0) {
					const failing = few.transaction().execute((trx) => sql`select 1 / 0`.execute(trx));
					await expect(failing).rejects.toThrow('division');
				}
				return (await few.selectFrom('cardholder').select('id').execute()).map((row) => row.id);
			}),
		),
	);
	expect(seen).toEqual(asked.map((id) => [id]));
	await few.destroy();
});

async function placesAndIds(): Promise<string[]> {
	return (await database.owner.selectFrom('cardholder').select('id').limit(7).execute()).map(({ id }) => id);
}

test('a transaction keeps the name that it began with', async () => {
	const seen = await as({ cardholder: mine }, (db) =>
		db.transaction().execute((trx) => runAs('system', () => trx.selectFrom('cardholder').select('id').execute())),
	);
	expect(seen).toEqual([{ id: mine }]);
});
