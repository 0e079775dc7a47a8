import {
	CompiledQuery,
	type DatabaseConnection,
	Kysely,
	PostgresDialect,
	type QueryResult,
	type Transaction,
} from 'kysely';
import pg from 'pg';
import { currentIdentity, type Identity, identityText } from '#lib/server/db/identity.ts';
import type { Database } from '#lib/server/db/schema.ts';

/** The portal's database, for reading and for starting a transaction. */
export type Db = Kysely<Database>;

/** An open transaction; a function that locks or writes takes one by type. */
export type Trx = Transaction<Database>;

/** Where readers run: on their own or inside a transaction. */
export type DbOrTrx = Db | Trx;

const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.DATE, (text) => text);
types.setTypeParser(pg.types.builtins.INT8, (text) => {
	const value = Number(text);
	if (!Number.isSafeInteger(value)) throw new RangeError('a bigint beyond the safe integers');
	return value;
});

/** How a pool is reached: a connection string (a Unix socket or a host). */
export interface ConnectOptions {
	readonly connectionString: string;
	readonly max?: number;
	/** As whom its connections ask where no `runAs` says so; without one they then see no person's row. */
	readonly identity?: Identity;
}

/** A pool of connections whose days are text, whose bigints are safe integers, and which outlives a database restart. */
function connectPool({ connectionString, max = 10 }: ConnectOptions): pg.Pool {
	const pool = new pg.Pool({ connectionString, max, types, application_name: 'repayment-portal' });
	// An idle connection that breaks is replaced by the pool; without a listener it would end the process.
	pool.on('error', () => undefined);
	return pool;
}

/** Kysely on a pool of its own; `destroy()` closes it. */
export function connect(options: ConnectOptions): Db {
	return new Kysely<Database>({ dialect: portalDialect(options) });
}

/**
 * The dialect of `connect`: each connection tells the database for whom it asks before it is used; where that is a transaction,
 * with its beginning, which saves a way there and back.
 */
export function portalDialect(options: ConnectOptions): PostgresDialect {
	/** What each connection has told for good. */
	const told = new WeakMap<DatabaseConnection, string>();
	/** What it is to tell with its next query. */
	const untold = new WeakMap<DatabaseConnection, string>();
	return new PostgresDialect({
		pool: connectPool(options),
		onCreateConnection(connection) {
			const ask = connection.executeQuery.bind(connection);
			let toldInside: string | undefined;
			connection.executeQuery = async <R>(query: CompiledQuery, abortable?: Abortable): Promise<QueryResult<R>> => {
				const text = untold.get(connection);
				untold.delete(connection);
				if (text === undefined) {
					const result = await ask<R>(query, abortable);
					// Rolled back, what was told inside is undone; nothing counts as told then.
					if (query.sql === 'commit' && toldInside !== undefined && isCommitted(result))
						told.set(connection, toldInside);
					return result;
				}
				const tell = `select set_config('portal.identity', ${pg.escapeLiteral(text)}, false)`;
				told.delete(connection);
				if (query.sql === 'begin') {
					toldInside = text;
					return ask(CompiledQuery.raw(`begin; ${tell}`), abortable);
				}
				await ask(CompiledQuery.raw(tell));
				toldInside = undefined;
				told.set(connection, text);
				return ask(query, abortable);
			};
			return Promise.resolve();
		},
		onReserveConnection(connection) {
			const text = identityText(currentIdentity() ?? options.identity);
			if (told.get(connection) === text) untold.delete(connection);
			else untold.set(connection, text);
			return Promise.resolve();
		},
	});
}

type Abortable = Parameters<DatabaseConnection['executeQuery']>[1];

/** As Kysely's driver answers for `commit`; the commit of a transaction that failed rolls back. */
function isCommitted({ rows: [row] }: QueryResult<unknown>): boolean {
	return typeof row === 'object' && row !== null && 'command' in row && row.command === 'COMMIT';
}
