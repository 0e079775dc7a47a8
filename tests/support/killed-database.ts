import { type CompiledQuery, type DatabaseConnection, type Dialect, type Driver, Kysely, sql } from 'kysely';
import { type Db, portalDialect } from '#lib/server/db/connect.ts';
import type { Database } from '#lib/server/db/schema.ts';

/** Where the database drops a connection: before a statement, counted from one, or once it has committed and before it says so. */
export type Death = { readonly before: number } | { readonly after: 'commit' };

/** A pool of its own whose next connection dies where the test says. */
export interface KilledDatabase {
	readonly db: Db;
	/** Runs a deed on a connection that the database drops; returns before or after which statement that was, undefined where it came to an end. */
	run(death: Death, deed: (db: Db) => Promise<unknown>): Promise<string | undefined>;
}

/** `killer` ends the connections: a pool of the same role. */
export function killedDatabase(connectionString: string, killer: Db): KilledDatabase {
	let death: Death | undefined;
	let statements = 0;
	let died: string | undefined;
	const end = async (connection: DatabaseConnection, statement: string) => {
		death = undefined;
		died = statement;
		const { rows } = await asked(connection)<{ pid: number }>(sql`select pg_backend_pid() as pid`.compile(killer));
		// Returns once the server's process is gone.
		await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0}, 5000)`.execute(killer);
	};
	const raw = new WeakMap<DatabaseConnection, DatabaseConnection['executeQuery']>();
	const asked = (connection: DatabaseConnection) => {
		const ask = raw.get(connection);
		if (!ask) throw new Error('a connection of another pool');
		return ask;
	};
	const patch = (connection: DatabaseConnection) => {
		if (raw.has(connection)) return;
		const ask = connection.executeQuery.bind(connection);
		raw.set(connection, ask);
		connection.executeQuery = async (query: CompiledQuery, abortable) => {
			statements += 1;
			if (death && 'before' in death && statements === death.before) await end(connection, query.sql);
			const result = await ask(query, abortable);
			if (death && 'after' in death && query.sql === 'commit') {
				await end(connection, query.sql);
				throw new Error('the connection ended before the database’s answer came');
			}
			return result as never;
		};
	};
	const dialect = patching(portalDialect({ connectionString, max: 1, identity: 'system' }), patch);
	const db = new Kysely<Database>({ dialect });
	return {
		db,
		async run(at, deed) {
			[death, statements, died] = [at, 0, undefined];
			const outcome = await deed(db).then(
				() => undefined,
				(error: unknown) => ({ error }),
			);
			death = undefined;
			if (outcome && died === undefined) throw outcome.error;
			return died;
		},
	};
}

function patching(inner: Dialect, patch: (connection: DatabaseConnection) => void): Dialect {
	return {
		createAdapter: () => inner.createAdapter(),
		createIntrospector: (db) => inner.createIntrospector(db),
		createQueryCompiler: () => inner.createQueryCompiler(),
		createDriver() {
			const driver = inner.createDriver();
			const acquire = driver.acquireConnection.bind(driver);
			driver.acquireConnection = async (...options: Parameters<Driver['acquireConnection']>) => {
				const connection = await acquire(...options);
				patch(connection);
				return connection;
			};
			return driver;
		},
	};
}

/** A mark of what stands in each table, the job queue's included; two that are alike hold the same rows. */
export async function marksOfTables(owner: Db): Promise<Record<string, string>> {
	const { rows } = await sql<{ name: string }>`
		select format('%I.%I', n.nspname, c.relname) as name
		from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%'
		order by 1`.execute(owner);
	const parts = rows.map(
		({ name }) => sql`select ${sql.lit(name)} as name,
			md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as mark from ${sql.raw(name)} t`,
	);
	const marks = await sql<{ name: string; mark: string }>`${sql.join(parts, sql` union all `)}`.execute(owner);
	return Object.fromEntries(marks.rows.map(({ name, mark }) => [name, mark]));
}
