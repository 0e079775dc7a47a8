import { createHash } from 'node:crypto';
import { type PostgresPool, type PostgresPoolClient, sql } from 'kysely';
import type pg from 'pg';

const MARK = '/* kept plan */';

/**
 * Ends a statement that is sent all day long: each connection plans it once and keeps the plan. Planning is most of the work of a
 * small statement here, for the walls around the rows are planned with it. Not for what selects all columns, nor for lists of
 * changing length: each text is kept for as long as its connection lives.
 */
export const KEPT_PLAN = sql.raw(MARK);

/** The pool for Kysely, with marked statements sent under a name of their own. */
export function keepPlans(pool: pg.Pool): PostgresPool {
	const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>();
	return {
		options: pool.options,
		end: () => pool.end(),
		async connect() {
			const client = await pool.connect();
			const known = wrapped.get(client) ?? wrap(client);
			wrapped.set(client, known);
			return known;
		},
	};
}

function wrap(client: pg.PoolClient): PostgresPoolClient {
	const kept = keepingQuery(client);
	return new Proxy<object>(client, {
		get: (of, key) => {
			if (key === 'query') return kept;
			const value: unknown = Reflect.get(of, key, of);
			return typeof value === 'function' ? (value.bind(of) as unknown) : value;
		},
	}) as PostgresPoolClient;
}

function keepingQuery(client: pg.PoolClient) {
	const names = new Map<string, string>();
	return (text: string, values: unknown[]) => {
		if (typeof text !== 'string' || !text.endsWith(MARK)) return client.query(text, values);
		const name = names.get(text) ?? createHash('sha256').update(text).digest('base64url').slice(0, 22);
		names.set(text, name);
		return client.query({ name, text, values });
	};
}
