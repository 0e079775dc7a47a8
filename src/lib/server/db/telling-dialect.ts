import { CompiledQuery, type DatabaseConnection, PostgresDialect, type PostgresPool, type QueryResult } from 'kysely';
import pg from 'pg';
import { currentIdentity, type Identity, identityText } from '#lib/server/db/identity.ts';

/**
 * A dialect whose connections tell the database for whom they ask before they are used, or, where that is a transaction, with its
 * beginning, which saves a way there and back. `otherwise` is told where no `runAs` says so.
 */
export function tellingDialect(pool: PostgresPool, otherwise: Identity | undefined): PostgresDialect {
	/** What each connection has told for good. */
	const told = new WeakMap<DatabaseConnection, string>();
	/** What it is to tell with its next query. */
	const untold = new WeakMap<DatabaseConnection, string>();
	return new PostgresDialect({
		pool,
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
			const text = identityText(currentIdentity() ?? otherwise);
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
