import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { Identity } from '#lib/server/db/identity.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { tellingPool } from '#lib/server/db/telling-pool.ts';

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
	/** So many stay open while nobody asks: to open one anew takes longer than a page, and it knows none of the plans. */
	readonly min?: number;
	/** As whom its connections ask where no `runAs` says so; without one they then see no person's row. */
	readonly identity?: Identity;
}

/** A pool of connections whose days are text, whose bigints are safe integers, and which outlives a database restart. */
function connectPool({ connectionString, max = 10, min = 0 }: ConnectOptions): pg.Pool {
	const pool = new pg.Pool({ connectionString, max, min, types, application_name: 'repayment-portal' });
	// An idle connection that breaks is replaced by the pool; without a listener it would end the process.
	pool.on('error', () => undefined);
	// Nor may one that breaks in somebody's hands: the pool listens to idle ones alone, and their statement fails anyway.
	pool.on('connect', (client) => client.on('error', () => undefined));
	return pool;
}

/** Kysely on a pool of its own; `destroy()` closes it. */
export function connect(options: ConnectOptions): Db {
	return new Kysely<Database>({ dialect: portalDialect(options) });
}

/** The dialect of `connect`: its connections tell the database for whom they ask, and keep the plans that they are told to. */
export function portalDialect(options: ConnectOptions): PostgresDialect {
	return new PostgresDialect({ pool: tellingPool(connectPool(options), options.identity) });
}
