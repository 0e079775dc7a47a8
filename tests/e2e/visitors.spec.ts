import { expect, test } from '@playwright/test';
import { may, type Action } from '#lib/domain/access/permission.ts';
import { ROUTES } from '#lib/domain/access/route-permission.ts';
import { inTurn } from './knock.ts';
import { findMarked, makeVisitors, type Marked, onDatabase, type Visitor } from './visitors.ts';

interface Knock {
	readonly visitor: Visitor;
	readonly route: string;
	readonly method: string;
	readonly path: string;
	readonly headers?: Readonly<Record<string, string>>;
	/** Whether the tables let it through. */
	readonly allowed: boolean;
}

/** The address of a route, filled with one person's ids. */
function addressOf(route: string, { evidenceId, applicationId, cardholderId }: Marked): string {
	const filled = route
		.replace(/\/\([^)]+\)/g, '')
		.replace('[evidenceId=uuid]', evidenceId)
		.replace('[id=uuid]', applicationId)
		.replace('[code]', 'personal-instalments')
		.replace('[key]', 'checks')
		.replace('[figure=figure]', 'wait')
		.replace(/\[token(=token)?\]/, 'AAAAAAAAAAAAAAAAAAAAAA')
		.replace('[id]', route.includes('/support/') ? cardholderId : applicationId);
	const document = route.endsWith('/desk/[id]/evidence') ? `?document=${evidenceId}` : '';
	return (filled || '/') + document;
}

const METHODS = ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'];

/** Every way to knock at a route, read and written; what a visitor may write is left out, since it would be done. */
function knocksAt(route: string, entries: Readonly<Record<string, Action>>, visitor: Visitor, marked: Marked): Knock[] {
	const path = addressOf(route, marked);
	const ask = (method: string, to: string, action: Action | undefined, headers?: Record<string, string>): Knock => ({
		visitor,
		route,
		method,
		path: to,
		...(headers && { headers }),
		allowed: action !== undefined && ['visitor' as const, ...visitor.signedIn].some((who) => may(who, action)),
	});
	const [bare = '', query] = path.split('?');
	const data = `${bare === '/' ? '' : bare}/__data.json${query === undefined ? '' : `?${query}`}`;
	const reading = [ask('GET', path, entries.GET), ask('HEAD', path, entries.GET), ask('GET', data, entries.GET)];
	const join = (key: string) => `${path}${path.includes('?') ? '&' : '?'}${key}`;
	const writing = Object.entries(entries).flatMap(([by, action]) => {
		if (by === 'GET') return [];
		const to = by === 'POST' ? path : by === '?default' ? path : join(`/${by.slice(1)}`);
		const asScript = { accept: 'application/json', 'x-sveltekit-action': 'true' };
		return [ask('POST', to, action), ask('POST', to, action, asScript)].filter(({ allowed }) => !allowed);
	});
	const unknown = ask('POST', join('/no_such_action'), entries.POST);
	// Who asks plays no part in a method that the route does not have.
	const most = ['nobody', 'the cardholder', 'an admin'].includes(visitor.name) ? METHODS : [];
	const others = most.filter((method) => !(method in entries)).map((method) => ask(method, path, undefined));
	return [...reading, ...writing, ...(unknown.allowed ? [] : [unknown]), ...others];
}

/** What is wrong with an answer; nothing where it is as the tables say. */
async function wrongWith(knock: Knock, origin: string, marked: Marked): Promise<string[]> {
	const { visitor, method, path, allowed } = knock;
	const headers = {
		origin,
		cookie: Object.entries(visitor.cookies)
			.map(([name, value]) => `${name}=${value}`)
			.join('; '),
		...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
		...knock.headers,
	};
	const body = method === 'POST' ? { body: 'x=1' } : {};
	const answer = await fetch(origin + path, { method, headers, redirect: 'manual', ...body });
	// A stream of news does not end by itself.
	const isEndless = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
	if (isEndless) await answer.body?.cancel();
	const text = isEndless ? '' : await answer.text();
	const said = `${visitor.name}: ${method} ${path} → ${String(answer.status)}`;
	const wrong: string[] = [];
	if (answer.status >= 500) wrong.push(`${said} fails`);
	if (!allowed && answer.status < 300 && !leadsToTheDoor(text)) wrong.push(`${said} is let through`);
	const where = answer.headers.get('location') ?? '';
	if (!allowed && answer.status < 400 && answer.status >= 300 && !/^\/(staff\/)?sign-in(\?|$)/.test(where)) {
		wrong.push(`${said} leads to ${where}`);
	}
	// The demo's inbox shows everybody's messages, and is not there in production.
	if (knock.route === '/dev/inbox') return wrong;
	const isTheirs = allowed && (visitor.name === 'the cardholder' || knock.route.startsWith('/(staff)'));
	for (const canary of marked.canaries) {
		// Who asks with an id has it already; what may not come back is what it leads to.
		if (!isTheirs && !path.includes(canary) && text.includes(canary)) wrong.push(`${said} tells ${canary}`);
	}
	return wrong;
}

/** A data request, or an action asked for by a script, is redirected in words. */
function leadsToTheDoor(text: string): boolean {
	return /"type":"redirect"/.test(text) && /"location":"\/(staff\/)?sign-in[?"]/.test(text);
}

test('nobody gets in where the tables do not let them, by no method and on no route', async ({ baseURL }) => {
	test.setTimeout(240_000);
	const { marked, visitors } = await onDatabase(async (client) => {
		const marked = await findMarked(client);
		return { marked, visitors: await makeVisitors(client, marked) };
	});
	const knocks = visitors.flatMap((visitor) =>
		Object.entries(ROUTES).flatMap(([route, entries]) => knocksAt(route, entries, visitor, marked)),
	);
	expect(knocks.filter(({ allowed }) => !allowed).length).toBeGreaterThan(2000);
	expect(await inTurn(knocks, 16, (knock) => wrongWith(knock, baseURL ?? '', marked))).toEqual([]);
});

test('a document is for its owner, for whoever has the case in hand and for supervisors', async ({ baseURL }) => {
	const { marked, visitors } = await onDatabase(async (client) => {
		const marked = await findMarked(client);
		return { marked, visitors: await makeVisitors(client, marked) };
	});
	const seen: string[] = [];
	for (const { name, cookies } of visitors) {
		for (const path of [
			`/documents/${marked.evidenceId}`,
			`/desk/${marked.applicationId}/evidence?document=${marked.evidenceId}`,
		]) {
			const cookie = Object.entries(cookies).map(([key, value]) => `${key}=${value}`);
			const answer = await fetch(`${baseURL ?? ''}${path}`, {
				headers: { cookie: cookie.join('; ') },
				redirect: 'manual',
			});
			await answer.arrayBuffer();
			if (answer.ok) seen.push(`${name} ${path.split('/')[1] ?? ''}`);
		}
	}
	expect(seen).toEqual(['the cardholder documents', 'a supervisor desk']);
});

test('the generator finds a hole in a table of its own', () => {
	const nobody: Visitor = { name: 'nobody', cookies: {}, signedIn: [] };
	const marked: Marked = { evidenceId: 'e', applicationId: 'a', cardholderId: 'c', canaries: [] };
	const knocks = knocksAt('/(staff)/admin', { GET: 'staff.list', '?add': 'staff.change' }, nobody, marked);
	expect(knocks.map(({ method, path, allowed }) => `${method} ${path} ${String(allowed)}`)).toEqual([
		'GET /admin false',
		'HEAD /admin false',
		'GET /admin/__data.json false',
		'POST /admin?/add false',
		'POST /admin?/add false',
		'POST /admin?/no_such_action false',
		...METHODS.map((method) => `${method} /admin false`),
	]);
});

test('who is signed in and asks for what is not theirs is written down, once for a minute’s knocking', async ({
	baseURL,
}) => {
	await onDatabase(async (client) => {
		const marked = await findMarked(client);
		const visitors = await makeVisitors(client, marked);
		const agent = visitors.find(({ name }) => name.startsWith('an agent'));
		const cookie = `staff-session=${agent?.cookies['staff-session'] ?? ''}`;
		for (let n = 0; n < 5; n++) {
			expect((await fetch(`${baseURL ?? ''}/admin`, { headers: { cookie } })).status).toBe(403);
		}
		const { rows } = await client.query<{ count: string; detail: object }>(
			`select count(*), min(detail::text)::jsonb as detail from audit_log l join staff_session s on l.actor_id = s.staff_id::text
			where l.action = 'access.refused' and l.subject_id = '/(staff)/admin' and s.id = encode(sha256($1::bytea), 'hex')`,
			[agent?.cookies['staff-session']],
		);
		expect([1, 2]).toContain(Number(rows[0]?.count));
		expect(rows[0]?.detail).toEqual({ role: 'agent' });
	});
});
