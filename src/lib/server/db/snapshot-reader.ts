import pg from 'pg';
import { to } from 'pg-copy-streams';
import { identityText } from '#lib/server/db/identity.ts';

/**
 * A connection that sees what the transaction that exported the snapshot sees, and only reads. It does without Kysely,
 * whose hundreds of modules every worker thread would load again.
 */
export interface SnapshotReader {
	/** The rows of a query in COPY's text format: a few times cheaper than rows of objects. */
	copy(query: string): Promise<string>;
	/** The rows of a query as objects, for few of them. */
	rows<Row extends pg.QueryResultRow>(query: string): Promise<Row[]>;
	close(): Promise<void>;
}

/** Opens one, for a run over the whole bank; the transaction behind the snapshot must still be open. */
export async function openSnapshotReader(connectionString: string, snapshot: string): Promise<SnapshotReader> {
	const client = new pg.Client({ connectionString, application_name: 'repayment-portal' });
	await client.connect();
	await client.query(`select set_config('portal.identity', $1, false)`, [identityText('system')]);
	await client.query('begin transaction isolation level repeatable read, read only');
	await client.query(`set transaction snapshot ${literal(snapshot)}`);
	return {
		copy: async (query) => {
			const chunks: Buffer[] = [];
			for await (const chunk of client.query(to(`copy (${query}) to stdout`))) chunks.push(chunk as Buffer);
			return Buffer.concat(chunks).toString('utf8');
		},
		rows: async <Row extends pg.QueryResultRow>(query: string) => (await client.query<Row>(query)).rows,
		close: () => client.end(),
	};
}

/** A value as SQL writes it: COPY takes no parameters. */
export function literal(value: string): string {
	return pg.escapeLiteral(value);
}
