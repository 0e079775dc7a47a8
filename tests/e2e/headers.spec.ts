import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { FIGURES } from '#lib/domain/overview/figure.ts';
import { type Answer, knock, knockAndStay } from './knock.ts';
import { findMarked, makeVisitors, onDatabase } from './visitors.ts';
import { words } from './words.ts';

/** What is wrong with the headers of an answer; nothing where it carries all. */
function wrongWith({ headers, body }: Answer): string[] {
	const wrong: string[] = [];
	const demand = (name: string, pattern: RegExp) => {
		const value = String(headers[name]);
		if (!pattern.test(value)) wrong.push(`${name}: ${value}`);
	};
	demand('x-content-type-options', /^nosniff$/);
	demand('x-frame-options', /^DENY$/);
	demand('referrer-policy', /^no-referrer$/);
	demand('cross-origin-opener-policy', /^same-origin$/);
	demand('cross-origin-resource-policy', /^same-origin$/);
	demand('permissions-policy', /geolocation=\(\)/);
	demand('content-security-policy', /default-src 'none'/);
	demand('content-security-policy', /^(?!.*script-src[^;]*unsafe)/);
	demand('cache-control', /no-store|no-cache|immutable|max-age=0, must-revalidate/);
	if (headers['set-cookie'] && !/no-store|no-cache/.test(String(headers['cache-control'])))
		wrong.push('a cookie may be kept');
	const policy = String(headers['content-security-policy']);
	if (!/sandbox/.test(policy)) demand('content-security-policy', /frame-ancestors 'none'/);
	const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
	for (const [, attributes = '', text = ''] of body.matchAll(/<script(?![^>]*\bsrc=)([^>]*)>([\s\S]*?)<\/script>/g)) {
		const isNamed = policy.includes(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
		if (!isNamed && (nonce === undefined || !attributes.includes(`nonce="${nonce}"`))) wrong.push(text);
	}
	if (/\son[a-z]+="/.test(body.replace(/<script[\s\S]*?<\/script>/g, ''))) wrong.push('a handler in the markup');
	return wrong;
}

const OPEN = [
	'/',
	'/sign-in',
	'/l',
	'/l/AAAAAAAAAAAAAAAAAAAAAA',
	'/offline',
	'/staff/sign-in',
	'/dev/inbox',
	'/debt',
].concat(
	['/desk', '/no-such-page', '/debt/', '/%', '/healthz', '/readyz', '/metrics', '/manifest.webmanifest', '/robots.txt'],
	['/icon.svg', '/icon-192.png', '/session.js', '/service-worker.js', '/_app/version.json'],
	['/_app/immutable/none.js', '/calendar/AAAAAAAAAAAAAAAAAAAAAA.ics', '/debt/__data.json', '/staff/enrol/none'],
);

test('every answer carries every header: pages, faults, redirects, files, the service worker', async ({ baseURL }) => {
	const origin = baseURL ?? '';
	const { body } = await knock(origin, '/sign-in');
	const hashed = /\/_app\/immutable\/[^"']+/.exec(body)?.[0];
	for (const path of [...OPEN, ...(hashed ? [hashed] : [])]) {
		expect(wrongWith(await knock(origin, path)), path).toEqual([]);
	}
	const refused = await knock(origin, '/sign-in', { method: 'POST', headers: { origin: 'null' } });
	expect([refused.status, wrongWith(refused)]).toEqual([403, []]);
	const large = { origin, 'content-type': 'application/x-www-form-urlencoded' };
	const tooLarge = await knock(origin, '/sign-in', { method: 'POST', headers: large, body: 'x'.repeat(70_000) });
	expect([tooLarge.status, wrongWith(tooLarge)]).toEqual([413, []]);
});

test('so do the pages and papers of somebody who is signed in', async ({ baseURL }) => {
	const { marked, cookie } = await onDatabase(async (client) => {
		const marked = await findMarked(client);
		const visitors = await makeVisitors(client, marked);
		const { cookies = {} } = visitors.find(({ name }) => name === 'the cardholder') ?? {};
		return { marked, cookie: `session=${cookies.session ?? ''}` };
	});
	const own = [
		'/debt',
		'/debt/why',
		'/hardship',
		'/documents',
		'/plans',
		'/check',
		'/application',
		'/agreement',
		'/documents/kept',
	];
	const papers = [`/documents/${marked.evidenceId}`, '/agreement/paper', '/agreement/letter'];
	for (const path of [...own, ...papers, '/agreement/calendar/plan.ics', '/debt/__data.json']) {
		const answer = await knock(baseURL ?? '', path, { headers: { cookie } });
		expect(wrongWith(answer), path).toEqual([]);
		if (answer.status < 300) expect(answer.headers['cache-control'], path).toContain('no-store');
	}
});

/** What a spreadsheet would run, were it the beginning of a cell. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

test('so do the files of the overview and the stream of the desk, which nothing on the way keeps', async ({
	baseURL,
}) => {
	const origin = baseURL ?? '';
	const cookie = await onDatabase(async (client) => {
		const visitors = await makeVisitors(client, await findMarked(client));
		const { cookies = {} } = visitors.find(({ name }) => name === 'a supervisor') ?? {};
		return `staff-session=${cookies['staff-session'] ?? ''}`;
	});
	for (const figure of FIGURES) {
		const file = await knock(origin, `/overview/${figure}.csv`, { headers: { cookie } });
		expect([file.status, wrongWith(file)], figure).toEqual([200, []]);
		expect(file.headers, figure).toMatchObject({
			'content-type': 'text/csv; charset=utf-8',
			'cache-control': 'no-store',
		});
		const name = new RegExp(`^attachment; filename="${figure}_[-\\d]+_[-\\d]+\\.csv"$`);
		expect(file.headers['content-disposition'], figure).toMatch(name);
		const rows = parse(file.body, { bom: true }) as string[][];
		expect(rows.flat().filter((cell) => FORMULA.test(cell))).toEqual([]);
	}
	const wrong = await knock(origin, '/overview/wait.csv?from=soon', { headers: { cookie } });
	expect([wrong.status, wrongWith(wrong)]).toEqual([400, []]);

	const streams = [1, 2, 3, 4].map(() => knockAndStay(origin, '/desk/live', { cookie }));
	for (const { answer } of await Promise.all(streams)) {
		expect([answer.status, wrongWith(answer)]).toEqual([200, []]);
		expect(answer.headers).toMatchObject({
			'content-type': 'text/event-stream; charset=utf-8',
			'cache-control': 'no-store, no-transform',
		});
	}
	// One more than a person may have is told when to come back.
	const refused = await knock(origin, '/desk/live', { headers: { cookie } });
	expect([refused.status, refused.headers['retry-after'], wrongWith(refused)]).toEqual([503, '30', []]);
	for (const { leave } of await Promise.all(streams)) leave();
	const elsewhere = await knock(origin, '/admin', { headers: { cookie, accept: 'text/html' } });
	expect([elsewhere.status, elsewhere.headers['cache-control'], wrongWith(elsewhere)]).toEqual([403, 'no-store', []]);
	const stranger = await knock(origin, '/desk/live');
	expect([stranger.status, wrongWith(stranger)]).toEqual([303, []]);
});

test('what is refused at the door is told in the reader’s words, with a way back', async ({ baseURL }) => {
	const origin = baseURL ?? '';
	const [zh, en] = [words('zh-CN'), words('en')];
	const reader = { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
	const foreign = { ...reader, origin: 'https://evil.example', 'accept-language': 'zh-CN' };
	const refused = await knock(origin, '/sign-in', { method: 'POST', headers: foreign, body: 'phone=1' });
	expect([refused.status, wrongWith(refused)]).toEqual([403, []]);
	expect(refused.body).toContain(zh('refused_foreign_text'));
	expect(refused.body).toContain('href="/"');
	const large = { ...reader, origin, 'accept-language': 'en' };
	const tooLarge = await knock(origin, '/sign-in', { method: 'POST', headers: large, body: 'x'.repeat(70_000) });
	expect([tooLarge.status, wrongWith(tooLarge)]).toEqual([413, []]);
	expect(tooLarge.body).toContain(en('refused_large_text').replaceAll("'", '&#39;'));
	expect(tooLarge.body).toContain('href="/sign-in"');
	expect(tooLarge.body).toContain('<html lang="en">');
	const nowhere = await knock(origin, '//evil.example', { method: 'POST', headers: large, body: 'x'.repeat(70_000) });
	expect(nowhere.status).toBe(413);
	expect(nowhere.body).not.toContain('evil.example');
});
