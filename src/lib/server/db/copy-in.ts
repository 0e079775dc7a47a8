import { pipeline } from 'node:stream/promises';
import { CompiledQuery } from 'kysely';
import { from } from 'pg-copy-streams';
import type { Trx } from '#lib/server/db/connect.ts';

/**
 * Runs `COPY … FROM STDIN` inside a transaction and returns how many rows were taken. `statement` names table and
 * columns, `source` yields rows in COPY's text format. What the source throws is thrown on, and the transaction is then
 * aborted; memory stays bounded, since the source is asked for more only when the socket has taken what it gave.
 */
export async function copyIn(trx: Trx, statement: string, source: AsyncIterable<Buffer>): Promise<number> {
	const copy = from(statement);
	// pg takes a query object in the place of a text, and Kysely hands over whatever stands there: that is how the copy
	// runs on the transaction's own connection. It is under way when this returns, and done when the stream has finished.
	await trx.executeQuery({ ...CompiledQuery.raw(statement), sql: copy as unknown as string });
	await pipeline(source, copy);
	return copy.rowCount;
}
