/**
 * The limit that the queue is measured against: a bare server with the one statement that every such queue comes down to, on the
 * same tables, and nothing around it: no session, no rules, no log, the connection's statement prepared once. POST `/` takes the next
 * and answers with its id. Its first line says where it listens.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.argv[2] ?? '', max: 10 });

const take = {
	name: 'take',
	text: `update review set lease_expires_at = now() + interval '15 minutes', taken_at = now(), fence = fence + 1
		where application_id = (
			select application_id from review
			where closed_at is null and not in_hand and assigned_to is null
			order by priority, due_at, application_id
			limit 1 for update skip locked)
		returning application_id`,
};

const server = createServer((_request, response) => {
	void pool.query<{ application_id: string }>(take).then(
		({ rows }) => response.end(rows[0]?.application_id ?? ''),
		() => response.writeHead(500).end(),
	);
});
server.listen(0, '127.0.0.1', () => console.log(`listens on ${String((server.address() as AddressInfo).port)}`));
