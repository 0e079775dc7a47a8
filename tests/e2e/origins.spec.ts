import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { inTurn, knock } from './knock.ts';

/** Origins that are not ours, however near they come. */
function foreignTo(origin: string): (string | undefined)[] {
	const { hostname, port } = new URL(origin);
	return [
		undefined,
		'',
		'null',
		'https://evil.example',
		`http://${hostname}:${String(Number(port) + 1)}`,
		`http://${hostname}`,
		`https://${hostname}:${port}`,
		`http://a.${hostname}:${port}`,
		`http://${hostname}.:${port}`,
		`http://${hostname}.evil.example:${port}`,
		`http://localhost:${port}`,
		origin.toUpperCase(),
		`${origin}/`,
		`${origin}/sign-in`,
		`${origin}, https://evil.example`,
		`http://x@${hostname}:${port}`,
	];
}

const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'];

const TYPES = [
	undefined,
	'application/x-www-form-urlencoded',
	'multipart/form-data; boundary=x',
	'text/plain',
	'application/json',
	'Application/X-WWW-Form-Urlencoded; charset=utf-8',
];

const PATHS = [
	'/',
	'/sign-in',
	'/l',
	'/language',
	'/sign-out',
	'/debt',
	'/debt/',
	'/staff/sign-in',
	'/desk',
	'/stay',
].concat(['/no-such-page', '/%', '//', '/icon.svg', '/service-worker.js', '/_app/version.json', '/debt/__data.json']);

test('whatever may change something and is not from here is refused, of any method, type and path', async ({
	baseURL,
}) => {
	const origin = baseURL ?? '';
	const all = foreignTo(origin).flatMap((from) =>
		METHODS.flatMap((method) => TYPES.flatMap((type) => PATHS.map((path) => ({ from, method, type, path })))),
	);
	expect(all.length).toBeGreaterThan(9_000);
	const passed = await inTurn(all, 24, async ({ from, method, type, path }) => {
		const headers = {
			...(from !== undefined && { origin: from }),
			...(type !== undefined && { 'content-type': type }),
		};
		const { status } = await knock(origin, path, { method, headers, body: 'language=en' });
		return status === 403 ? [] : [`${method} ${path} from ${String(from)} as ${String(type)}: ${String(status)}`];
	});
	expect(passed).toEqual([]);
});

test('a reader too is refused, whatever the path, and is told so by a page that does nothing', async ({ baseURL }) => {
	const origin = baseURL ?? '';
	const headers = { origin: 'null', accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
	const passed = await inTurn(PATHS, 8, async (path) => {
		const { status, headers: said } = await knock(origin, path, { method: 'POST', headers, body: 'language=en' });
		return status === 403 && said['set-cookie'] === undefined ? [] : [`${path}: ${String(status)}`];
	});
	expect(passed).toEqual([]);
});

test('from here a form is taken, and reading is free to everybody', async ({ baseURL }) => {
	const origin = baseURL ?? '';
	const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' };
	const ours = await knock(origin, '/language', { method: 'POST', headers, body: 'language=en&back=/sign-in' });
	expect([ours.status, ours.headers.location]).toEqual([303, '/sign-in']);
	expect((await knock(origin, '/sign-in', { headers: { origin: 'https://evil.example' } })).status).toBe(200);
});

test('where a form leads afterwards is a page of ours', async ({ baseURL }) => {
	const origin = baseURL ?? '';
	for (const back of [
		'//evil.example',
		'/\\evil.example',
		'https://evil.example',
		'/%09/evil.example',
		'javascript:1',
	]) {
		const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' };
		const body = `language=en&back=${back}`;
		const { headers: answer } = await knock(origin, '/language', { method: 'POST', headers, body });
		expect(answer.location, back).toBe('/');
	}
});

test('our forms say where they come from, and no other site learns which page it was', async ({ page, baseURL }) => {
	const heard: string[] = [];
	const elsewhere = createServer((socket) => {
		socket.once('data', (data) => {
			heard.push(data.toString());
			socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-type: text/html\r\n\r\nok');
		});
	}).listen(0, '127.0.0.1');
	await new Promise((resolve) => elsewhere.once('listening', resolve));
	const away = `http://127.0.0.1:${String((elsewhere.address() as AddressInfo).port)}/`;
	const posted: (string | undefined)[] = [];
	page.on('request', (request) => {
		if (request.method() === 'POST') void request.allHeaders().then(({ origin }) => posted.push(origin));
	});
	for (const path of ['/l/AAAAAAAAAAAAAAAAAAAAAA', '/sign-in', '/staff/sign-in', '/no-such-page']) {
		await page.goto(path);
		const button = page.locator('form[action="/language"] button').first();
		if ((await button.count()) > 0) {
			await button.click();
			await page.waitForLoadState();
			await page.goto(path);
		}
		await page.evaluate((to) => {
			const link = document.createElement('a');
			link.href = to;
			document.body.append(link);
			link.click();
		}, away);
		await page.waitForURL(away);
	}
	elsewhere.close();
	expect(posted).toEqual(posted.map(() => baseURL));
	expect(posted.length).toBeGreaterThanOrEqual(2);
	const navigations = heard.filter((request) => request.startsWith('GET / '));
	expect(navigations.length).toBeGreaterThanOrEqual(4);
	expect(navigations.filter((request) => /^referer:/im.test(request))).toEqual([]);
});
