import type { Cookies, RequestEvent } from '@sveltejs/kit';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { SessionKind } from '#lib/domain/access/session.ts';
import { afterSignIn, afterStaffSignIn } from '#lib/server/kept-form/after-sign-in.ts';
import { askToSignIn, keepUnsent } from '#lib/server/kept-form/ask-to-sign-in.ts';
import { forgetKeptForm, readKeptForms } from '#lib/server/kept-form/read-kept-forms.ts';
import { removeOldForms } from '#lib/server/kept-form/remove-old-forms.ts';
import { settleForm } from '#lib/server/kept-form/settle-form.ts';
import { endEverywhere } from '#lib/server/session/end-everywhere.ts';
import { readCardholderSession } from '#lib/server/session/read-session.ts';
import { sessionCookieName } from '#lib/server/session/session-cookie.ts';
import { createCardholderSession, createStaffSession } from '#lib/server/session/start-session.ts';
import { addAccount, addSomebody, holdClock, passSeconds, type Somebody, useEnv } from '../support/access.ts';
import { cookieJar } from '../support/cookies.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/staff.ts';

const database = useDatabase();
let person: Somebody;
let jar: ReturnType<typeof cookieJar>;
const MINUTE = 60;

beforeAll(async () => {
	useEnv();
	person = await addSomebody(database.db);
});
beforeEach(() => {
	holdClock();
	jar = cookieJar();
});
afterEach(() => vi.useRealTimers());

type Typed = Readonly<Record<string, string | File>>;

/** What the hook is asked with when a form comes to a path. */
function posted(address: string, typed: Typed, cookies: Cookies, multipart = false): RequestEvent {
	const url = new URL(address, 'http://127.0.0.1:3000');
	const data = new FormData();
	for (const [name, value] of Object.entries(typed)) data.append(name, value);
	const text = new URLSearchParams(Object.entries(typed).map(([name, value]) => [name, String(value)]));
	const request = new Request(url, { method: 'POST', body: multipart ? data : text });
	request.headers.set('content-length', '1000');
	return {
		request,
		url,
		cookies,
		locals: { db: database.db, cardholder: null, staff: null },
	} as unknown as RequestEvent;
}

async function signIn(owner: Somebody = person): Promise<string> {
	const { token } = await createCardholderSession(database.db, owner);
	jar.set(sessionCookieName('cardholder'), token, { path: '/' });
	return token;
}

/** Signs in, lets the session run out, and sends a form. */
async function sendLate(address: string, typed: Typed, multipart = false): Promise<string> {
	await signIn();
	passSeconds(15 * MINUTE);
	return askToSignIn(posted(address, typed, jar, multipart), 'cardholder');
}

const keptOf = (ownerId: string, kind: SessionKind = 'cardholder') =>
	readKeptForms(database.db, jar, { kind, ownerId });

const BUDGET = { reason: 'unemployment', circumstances: '工厂停工。', wages: '4,000', housing: '1500' };

test.each([
	['/hardship', BUDGET, '/hardship', 'shows'],
	['/plans?monthly=800&/choose', { product: 'deferral', version: '1', instalments: '12' }, undefined, 'sends'],
	['/check', { application: 'a', version: '3', consent: 'on' }, undefined, 'sends'],
	['/application?/decline', { offer: 'o', hash: 'h', words: '每月还不起这么多。' }, undefined, 'sends'],
	['/agreement?/send', { agreement: 'a', document: 'd', consent_terms: 'on' }, '/agreement?/sign', 'shows'],
] as const)('what was sent to %s after the session’s end comes back whole', async (address, typed, action, effect) => {
	expect(await sendLate(address, typed)).toBe('/sign-in?ended=kept');
	expect(await afterSignIn(database.db, { token: await signIn(), cookies: jar })).toBe('/resume');
	const [kept] = await keptOf(person.cardholderId);
	expect(kept).toMatchObject({ action: action ?? address, effect, hadFiles: false });
	expect(Object.fromEntries(kept?.fields ?? [])).toMatchObject(typed);
	await forgetKeptForm(database.db, jar, {
		kind: 'cardholder',
		ownerId: person.cardholderId,
		path: kept?.path ?? '',
	});
	expect(await keptOf(person.cardholderId)).toEqual([]);
});

test.each([
	['/desk/6f1c?/propose', '/desk/6f1c?/revise'],
	['/desk/6f1c?/decide', '/desk/6f1c?/revise'],
	['/desk/6f1c?/ask', '/desk/6f1c?/revise'],
	['/support/C1', '/support/C1'],
])(
	'a member of staff finds what they sent to %s, and no decision is made by asking for it',
	async (address, action) => {
		const staffId = await makeStaff(database.db, `late-${address.replaceAll(/\W/g, '')}`);
		const { token } = await createStaffSession(database.db, { staffId });
		jar.set(sessionCookieName('staff'), token, { path: '/' });
		passSeconds(30 * MINUTE);
		const typed = { outcome: 'declined', words: '很抱歉，这次不能批准。', fence: '3' };
		expect(await askToSignIn(posted(address, typed, jar), 'staff')).toBe('/staff/sign-in?ended=kept');
		const again = await createStaffSession(database.db, { staffId });
		expect(await afterStaffSignIn(database.db, { token: again.token, cookies: jar })).toBe('/staff/resume');
		const [kept] = await keptOf(staffId, 'staff');
		expect(kept?.action).toBe(action);
		expect(Object.fromEntries(kept?.fields ?? [])).toEqual(typed);
		expect(kept?.written).toEqual([typed.words]);
	},
);

test('no secret is kept, no file, and in the database nothing that can be read', async () => {
	const file = new File(['scan'], '诊断证明.jpg', { type: 'image/jpeg' });
	const secrets = { code: '123456', id_last4: '123X', password: 'tea-at-nine', new_password: 'x', passkey_answer: 'y' };
	await sendLate('/hardship', { ...secrets, circumstances: '住院三周', files: file }, true);
	const [kept] = await keptOf(person.cardholderId);
	expect(kept?.fields).toEqual([
		['circumstances', '住院三周'],
		['keep', '1'],
	]);
	expect(kept?.hadFiles).toBe(true);
	const rows = await database.db.selectFrom('kept_form').selectAll().execute();
	expect(JSON.stringify(rows)).not.toContain('住院');
	expect(rows.some(({ body_sealed: sealed }) => sealed.includes('住院'))).toBe(false);
	expect(rows.some(({ browser_hash: hash }) => [...jar.values.values()].includes(hash.toString('base64url')))).toBe(
		false,
	);
});

test('whoever else signs in on the same browser gets nothing, and it is thrown away', async () => {
	await sendLate('/hardship', BUDGET);
	const stranger = await addSomebody(database.db);
	expect(await afterSignIn(database.db, { token: await signIn(stranger), cookies: jar })).toBe('/debt');
	expect(await keptOf(stranger.cardholderId)).toEqual([]);
	expect(await afterSignIn(database.db, { token: await signIn(), cookies: jar })).toBe('/debt');
});

test('the same person on another browser gets nothing', async () => {
	await sendLate('/hardship', BUDGET);
	jar = cookieJar();
	expect(await afterSignIn(database.db, { token: await signIn(), cookies: jar })).toBe('/debt');
	expect(await keptOf(person.cardholderId)).toEqual([]);
});

test('after half an hour nothing is kept any more, and its row goes', async () => {
	await sendLate('/hardship', BUDGET);
	passSeconds(30 * MINUTE);
	expect(await afterSignIn(database.db, { token: await signIn(), cookies: jar })).toBe('/debt');
	await removeOldForms(database.db);
	expect(await database.db.selectFrom('kept_form').select('id').where('path', '=', '/hardship').execute()).toEqual([]);
});

test('a session that was ended by a hand, or never was, keeps nothing', async () => {
	await signIn();
	await endEverywhere(database.db, { kind: 'cardholder', userId: person.cardholderId });
	expect(await askToSignIn(posted('/hardship', BUDGET, jar), 'cardholder')).toBe('/sign-in');
	jar.set(sessionCookieName('cardholder'), 'a'.repeat(43), { path: '/' });
	expect(await askToSignIn(posted('/hardship', BUDGET, jar), 'cardholder')).toBe('/sign-in');
	expect(await keptOf(person.cardholderId)).toEqual([]);
});

test('a form is about the account that was looked at when it was typed', async () => {
	const owner = await addSomebody(database.db);
	await addAccount(database.db, owner.cardholderId, `${owner.accountId}-2`, '7777');
	await signIn({ ...owner, accountId: `${owner.accountId}-2` });
	passSeconds(15 * MINUTE);
	await askToSignIn(posted('/hardship', BUDGET, jar), 'cardholder');
	const token = await signIn(owner);
	expect(await afterSignIn(database.db, { token, cookies: jar })).toBe('/resume');
	expect(await readCardholderSession(database.db, token)).toMatchObject({ accountId: `${owner.accountId}-2` });
});

test('what was typed and never sent is kept by the page’s script, and the next form from the page takes its place', async () => {
	const token = await signIn();
	const event = posted('/hardship', BUDGET, jar);
	const session = await readCardholderSession(database.db, token);
	event.locals.cardholder = session ?? null;
	expect(await keepUnsent(event, 'cardholder')).toBe(true);
	expect(await keptOf(person.cardholderId)).toHaveLength(1);
	const sent = posted('/hardship', BUDGET, jar);
	sent.locals.cardholder = session ?? null;
	await settleForm(sent, 'cardholder');
	expect(await keptOf(person.cardholderId)).toEqual([]);
});

test('the page that was asked for comes after signing in, once, and only one of our own', async () => {
	const ask = async (address: string) => {
		const event = posted(address, {}, jar);
		await askToSignIn({ ...event, request: new Request(event.url) } as RequestEvent, 'cardholder');
	};
	await ask('/plans?monthly=1500');
	expect([...jar.values.values()].join()).not.toContain('1500');
	expect(await afterSignIn(database.db, { token: await signIn(), cookies: jar })).toBe('/plans');
	expect(await afterSignIn(database.db, { token: await signIn(), cookies: jar })).toBe('/debt');
	for (const planted of ['//elsewhere.example', 'https://elsewhere.example', '/\\elsewhere.example']) {
		jar.set('wanted', planted, { path: '/' });
		expect(await afterSignIn(database.db, { token: await signIn(), cookies: jar }), planted).toBe('/debt');
	}
});
