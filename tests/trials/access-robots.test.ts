import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomToken } from '#lib/server/crypto/random-token.ts';
import { linkTokenHash } from '#lib/server/crypto/link-token.ts';
import { addSomebody, makeLink, useEnv } from '../support/access.ts';
import { type Portal, startPortal } from '../support/portal.ts';
import { Visitor } from '../support/visitor.ts';

/** Previews, scanners and programs that look at links, as they name themselves. */
const ROBOTS = [
	'WhatsApp/2.23.20.0 A',
	'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
	'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
	'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
	'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)',
	'TelegramBot (like TwitterBot)',
	'Twitterbot/1.0',
	'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
	'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5',
	'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
	'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/141.0.0.0 Safari/537.36',
	'curl/8.11.0',
	'Wget/1.21.3',
	'python-requests/2.32.3',
	'Go-http-client/2.0',
	'okhttp/4.12.0',
	'',
];
const BROWSER =
	'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';

let portal: Portal;

beforeAll(async () => {
	portal = await startPortal(process.env['TEST_TEMPLATE_DATABASE_URL'] ?? '');
	useEnv({ SECRET_KEY: portal.secretKey });
});
afterAll(() => portal.stop());

async function stateOf(token: string) {
	const link = await portal.db
		.selectFrom('access_link')
		.selectAll()
		.where('token_hash', '=', linkTokenHash(token))
		.executeTakeFirstOrThrow();
	const challenges = await portal.db.selectFrom('sign_in_challenge').select('id').execute();
	const messages = await portal.db
		.selectFrom('outbox_message')
		.select('id')
		.where('template', '=', 'sign_in_code')
		.execute();
	const { opened_count, first_opened_at, last_opened_at, robot_opened_count, first_robot_opened_at, ...rest } = link;
	const opened = { opened_count, robot_opened_count };
	return { opened, told: [first_opened_at, last_opened_at, first_robot_opened_at], rest, challenges, messages };
}

test('500 GET and HEAD by robots: every token is answered alike, nothing is consumed, nothing learnt', async () => {
	const person = await addSomebody(portal.db);
	const dead = await makeLink(portal.db, person.accountId);
	const living = await makeLink(portal.db, person.accountId);
	const tokens = [living, dead, randomToken(16), 'mistyped'];
	const before = await stateOf(living);
	const answers = new Map<string, Set<string>>();
	for (let count = 0; count < 500; count++) {
		const token = tokens[count % tokens.length] ?? '';
		const visitor = new Visitor(portal.origin, ROBOTS[count % ROBOTS.length]);
		const method = count % 3 === 0 ? 'HEAD' : 'GET';
		const answer = await visitor.get(`/l/${token}`, { method });
		const alike = answers.get(method) ?? new Set<string>();
		answers.set(method, alike.add(JSON.stringify(answer)));
		expect(answer).toMatchObject({ status: 303, headers: { location: '/l' } });
		// Whoever follows sees a page about nobody.
		const page = await visitor.get('/l', { method });
		for (const told of ['王小明', '小明', person.phone.slice(-4), person.cardLast4, person.idLast4, token]) {
			expect(page.body).not.toContain(told);
		}
	}
	expect([...answers.values()].map((alike) => alike.size)).toEqual([1, 1]);
	const after = await stateOf(living);
	expect(after).toEqual({
		...before,
		opened: { opened_count: 0, robot_opened_count: 125 },
		told: [null, null, expect.any(Date)],
	});
	expect(after.challenges).toEqual([]);
	for (const token of tokens.slice(0, 3)) expect(portal.output()).not.toContain(token);
});

test('a person’s opening counts apart, a browser that fetches ahead does not', async () => {
	const { accountId } = await addSomebody(portal.db);
	const token = await makeLink(portal.db, accountId);
	const visitor = new Visitor(portal.origin, BROWSER);
	await visitor.get(`/l/${token}`);
	await visitor.get(`/l/${token}`, { headers: { 'sec-purpose': 'prefetch;prerender' } });
	await visitor.get(`/l/${token}`, { headers: { purpose: 'prefetch' } });
	expect((await stateOf(token)).opened).toEqual({ opened_count: 1, robot_opened_count: 2 });
	expect((await stateOf(token)).rest.first_tapped_at).toBeNull();
	expect(await visitor.post('/l?/send', {})).toMatchObject({ status: 303, headers: { location: '/sign-in/code' } });
	expect((await stateOf(token)).rest.first_tapped_at).toBeInstanceOf(Date);
});

test('one tap silences, and the page that answers says nothing about anybody; it can be taken back', async () => {
	const person = await addSomebody(portal.db);
	const token = await makeLink(portal.db, person.accountId);
	const visitor = new Visitor(portal.origin, BROWSER);
	await visitor.get(`/l/${token}`);
	expect(await visitor.post('/l?/silence', {})).toMatchObject({ status: 303, headers: { location: '/l/silenced' } });
	const page = await visitor.get('/l/silenced');
	expect(page.body).toContain('不会再给这个号码发消息');
	for (const told of ['小明', person.phone.slice(-4), person.cardLast4]) expect(page.body).not.toContain(told);
	expect(await visitor.post('/l/silenced', {})).toMatchObject({
		status: 303,
		headers: { location: '/l/silenced?undone' },
	});
	expect((await visitor.get('/l/silenced?undone')).body).toContain('恢复接收消息');
});
