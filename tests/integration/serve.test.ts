import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { listen, type Listening } from '../../src/cli/serve.ts';

const servers: Listening[] = [];

afterEach(async () => {
	for (const server of servers.splice(0)) await server.close(0);
});

async function serving(only: boolean, origin = ''): Promise<{ server: Listening; origin: string }> {
	const server = await listen('127.0.0.1', 0, only);
	servers.push(server);
	return { server, origin: origin || `http://127.0.0.1:${String(server.port)}` };
}

/** Asks with a Host header of one's own, which fetch forbids. */
async function get(server: Listening, path: string, host: string): Promise<IncomingMessage> {
	const asked = request({ host: '127.0.0.1', port: server.port, path, headers: { host } });
	asked.end();
	const [answer] = (await once(asked, 'response')) as [IncomingMessage];
	answer.resume();
	return answer;
}

test('a port is held from the start, and asks to come back until the application is there', async () => {
	const { server, origin } = await serving(false);
	const early = await fetch(origin);
	expect([early.status, early.headers.get('retry-after')]).toEqual([503, '1']);
	server.answer((_, response) => response.end('ready'), origin);
	expect(await (await fetch(origin)).text()).toBe('ready');
});

test('every answer carries the headers that static files get from nobody else', async () => {
	const { server, origin } = await serving(false);
	server.answer((_, response) => response.end(), origin);
	const { headers } = await fetch(`${origin}/icon.svg`);
	expect(headers.get('x-content-type-options')).toBe('nosniff');
	expect(headers.get('referrer-policy')).toBe('no-referrer');
	expect(headers.get('cache-control')).toBe('no-cache');
	expect(headers.get('strict-transport-security')).toBeNull();
});

test('a page leaves compressed for who takes that, and what is compressed already stays as it is', async () => {
	const { server, origin } = await serving(false);
	const row = '<tr><td>1</td><td>2026/12/15</td><td>¥1,095.22</td></tr>';
	server.answer((request, response) => {
		const type = request.url === '/photo.jpg' ? 'image/jpeg' : 'text/html; charset=utf-8';
		response.writeHead(200, { 'content-type': type }).end(row.repeat(500));
	}, origin);
	const page = await fetch(origin, { headers: { 'accept-encoding': 'br, gzip' } });
	expect([page.headers.get('content-encoding'), page.headers.get('vary')]).toEqual(['br', 'Accept-Encoding']);
	expect(await page.text()).toBe(row.repeat(500));
	const plain = await fetch(origin, { headers: { 'accept-encoding': 'identity' } });
	expect(plain.headers.get('content-encoding')).toBeNull();
	const photo = await fetch(`${origin}/photo.jpg`, { headers: { 'accept-encoding': 'br, gzip' } });
	expect(photo.headers.get('content-encoding')).toBeNull();
});

test('what another site makes a signed-in browser ask for goes as it is, so that its length tells nothing', async () => {
	const { server, origin } = await serving(false);
	server.answer((_, response) => {
		response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('¥1,095.22 '.repeat(500));
	}, origin);
	const encodingFor = async (headers: Record<string, string>) => {
		const asked = request({ port: server.port, headers: { 'accept-encoding': 'br', ...headers } });
		asked.end();
		const [answer] = (await once(asked, 'response')) as [IncomingMessage];
		answer.resume();
		return answer.headers['content-encoding'];
	};
	for (const cookie of ['session=a', 'language=en; __Host-session=a', 'staff-session=a']) {
		expect(await encodingFor({ cookie, 'sec-fetch-site': 'cross-site' })).toBeUndefined();
		expect(await encodingFor({ cookie, 'sec-fetch-site': 'same-site' })).toBeUndefined();
		expect(await encodingFor({ cookie, 'sec-fetch-site': 'same-origin' })).toBe('br');
		expect(await encodingFor({ cookie })).toBe('br');
	}
	expect(await encodingFor({ 'sec-fetch-site': 'cross-site' })).toBe('br');
});

test('a portal behind https says that it stays there', async () => {
	const { server } = await serving(false);
	server.answer((_, response) => response.end(), 'https://repay.example.com');
	const { headers } = await get(server, '/', 'repay.example.com');
	expect(headers['strict-transport-security']).toMatch(/max-age=\d{8}/);
});

test('the demo answers to its own address alone', async () => {
	const { server, origin } = await serving(true);
	server.answer((_, response) => response.end(), origin);
	expect((await get(server, '/dev/inbox', 'rebound.example.com')).statusCode).toBe(421);
	const near = await get(server, '/dev/inbox', `localhost:${String(server.port)}`);
	expect([near.statusCode, near.headers.location]).toEqual([307, `${origin}/dev/inbox`]);
	expect((await get(server, '/', new URL(origin).host)).statusCode).toBe(200);
});

test('a request that runs when the server closes is answered', async () => {
	const { server, origin } = await serving(false);
	const begun = Promise.withResolvers<() => void>();
	server.answer((_, response) => begun.resolve(() => response.end('finished')), origin);
	const answer = fetch(origin);
	const finish = await begun.promise;
	const closed = server.close(60_000);
	finish();
	expect(await (await answer).text()).toBe('finished');
	await closed;
	servers.splice(0);
	await expect(fetch(origin)).rejects.toThrow();
});
