/**
 * The limit that the debt page is measured against: a bare node:http handler that asks the database what the page asks, in the same
 * ways there and back, the kept plans kept and the identity told, and sends the bytes that the portal sent. Which visitor it is it
 * reads from the cookie. Its arguments: the database, and the file with the recorded pages by cookie. Its first line says where it listens.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { sendKept, TELL } from '#lib/server/db/kept-query.ts';
import type { RecordedPage } from './record-pages.ts';
import type { ToldStatement } from './tell-statements.ts';

const [address = '', file = ''] = process.argv.slice(2);
const recorded = JSON.parse(readFileSync(file, 'utf8')) as Record<string, RecordedPage>;
const pages = new Map(
	Object.entries(recorded).map(([cookie, { ways, headers, body }]) => [
		cookie,
		{ ways, headers: headers.flat(), body: Buffer.from(body, 'base64') },
	]),
);

const pool = new pg.Pool({ connectionString: address, max: 10 });
// A statement can tell along the way only once the connection knows the telling one by its name.
pool.on('connect', (client) => void client.query({ ...TELL, values: ['door'] }));

async function send(client: pg.PoolClient, way: readonly ToldStatement[]): Promise<void> {
	const [first, second] = way;
	if (!first) return;
	if (second) {
		await sendKept(client, { ...second, untold: String(first.values[0]) });
	} else if (first.name) {
		await client.query({ name: first.name, text: first.text, values: [...first.values] });
	} else {
		await client.query(first.text, [...first.values]);
	}
}

async function readPage(ways: RecordedPage['ways']): Promise<void> {
	const client = await pool.connect();
	try {
		for (const way of ways) await send(client, way);
	} finally {
		client.release();
	}
}

const server = createServer((request, response) => {
	const page = pages.get(request.headers.cookie ?? '');
	if (!page) {
		response.writeHead(404).end();
		return;
	}
	readPage(page.ways).then(
		() => response.writeHead(200, page.headers).end(page.body),
		() => response.writeHead(500).end(),
	);
});
server.listen(0, '127.0.0.1', () => console.log(`listens on ${String((server.address() as AddressInfo).port)}`));
