/** Stands in for an application in tests: opens the embedded database of a folder, writes one row, and holds on until it is told to stop. */
import pg from 'pg';
import { openEmbedded } from '#lib/server/db/embedded/open-embedded.ts';

const [directory = '', note = ''] = process.argv.slice(2);
const { connectionString, reused, close } = await openEmbedded({ directory, durable: true });
const client = new pg.Client({ connectionString });
await client.connect();
await client.query('create table if not exists note (text text not null)').catch((error: { code?: string }) => {
	// Two at once: the other has made it.
	if (error.code !== '23505') throw error as unknown as Error;
});
await client.query('insert into note values ($1)', [note]);
await client.end();
console.log(`open ${reused ? 'reused' : 'started'}`);
process.once('SIGTERM', () => void close().then(() => process.exit(0)));
setInterval(() => undefined, 60_000);
