import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { currentIdentity, type Identity, identityText } from '#lib/server/db/identity.ts';
import { keptName } from '#lib/server/db/kept-plan.ts';
import { sendKept, TELL } from '#lib/server/db/kept-query.ts';

/**
 * The pool for Kysely. Its connections tell the database for whom they ask before they are used: with the beginning of a
 * transaction, or with a statement whose plan is kept, which saves a way there and back; else by themselves. `otherwise` is told
 * where no `runAs` says so.
 */
export function tellingPool(pool: pg.Pool, otherwise: Identity | undefined): PostgresPool {
	const tellers = new WeakMap<pg.PoolClient, Teller>();
	return {
		options: pool.options,
		end: () => pool.end(),
		async connect() {
			const client = await pool.connect();
			const teller = tellers.get(client) ?? new Teller(client);
			tellers.set(client, teller);
			teller.askFor(identityText(currentIdentity() ?? otherwise));
			return teller.client;
		},
	};
}

/** What one connection has told, and is still to tell. */
class Teller {
	/** The connection with our own way of asking. */
	readonly client: PostgresPoolClient;
	readonly #client: pg.PoolClient;
	/** What was told for good. */
	#told: string | undefined;
	/** What is to be told with the next statement. */
	#untold: string | undefined;
	#toldInside: string | undefined;
	/** Whether the connection knows the statement that tells by its name. */
	#isPrepared = false;

	constructor(client: pg.PoolClient) {
		this.#client = client;
		const query = this.#query.bind(this);
		this.client = new Proxy<object>(client, {
			get: (of, key) => {
				if (key === 'query') return query;
				const value: unknown = Reflect.get(of, key, of);
				return typeof value === 'function' ? (value.bind(of) as unknown) : value;
			},
		}) as PostgresPoolClient;
	}

	/** Says for whom the connection is lent out. */
	askFor(text: string): void {
		this.#untold = this.#told === text ? undefined : text;
	}

	async #query(text: string, values: unknown[]): Promise<pg.QueryResult> {
		const untold = this.#untold;
		if (untold === undefined) {
			const result = await this.#send(text, values);
			// Rolled back, what was told inside is undone; nothing counts as told then.
			if (result.command === 'COMMIT' && this.#toldInside !== undefined) this.#told = this.#toldInside;
			return result;
		}
		this.#untold = this.#told = undefined;
		if (text === 'begin') {
			this.#toldInside = untold;
			return this.#client.query(`begin; select set_config('portal.identity', ${pg.escapeLiteral(untold)}, false)`);
		}
		this.#toldInside = undefined;
		if (!this.#isPrepared || keptName(text) === undefined) {
			await this.#client.query({ ...TELL, values: [untold] });
			this.#isPrepared = true;
			this.#told = untold;
			return this.#send(text, values);
		}
		const result = await this.#send(text, values, untold);
		this.#told = untold;
		return result;
	}

	/** The driver takes a query object in the place of a text, and hands it back: so a copy runs on its transaction's connection. */
	#send(text: string, values: unknown[], untold?: string): Promise<pg.QueryResult> {
		const name = typeof text === 'string' ? keptName(text) : undefined;
		return name === undefined
			? this.#client.query(text, values)
			: sendKept(this.#client, { name, text, values, untold });
	}
}
