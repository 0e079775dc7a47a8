/** Stands in for an application in tests: opens the embedded database of a folder, writes one row, and holds on until it is told to stop. */
import pg from 'pg';
import { openEmbedded } from '#lib/server/db/embedded/open-embedded.ts';

const [directory = '', note = ''] = process.argv.slice(2);
const { connectionString, reused, close } = await openEmbedded({ directory, durable: true });
const client = new pg.Client({ connectionString });
await client.connect();
// Two at once each find no table: one after the other, the second finds the first's.
await client.query('select pg_advisory_lock(1)');
await client.query('create table if not exists note (text text not null)');
await client.query('select pg_advisory_unlock(1)');
await client.query('insert into note values ($1)', [note]);
await client.end();
console.log(`open ${reused ? 'reused' : 'started'}`);
process.once('SIGTERM', () => void close().then(() => process.exit(0)));
setInterval(() => undefined, 60_000);
