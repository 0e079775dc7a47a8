import { isHttpError, isRedirect } from '@sveltejs/kit';
import { beforeAll, expect, test } from 'vitest';
import { resendAccessLink } from '#lib/server/access/resend-access-link.ts';
import { now, today } from '#lib/server/clock.ts';
import { askNumberChange } from '#lib/server/contact-number/ask-number-change.ts';
import { runAs } from '#lib/server/db/identity.ts';
import { daytimeZone } from '#lib/server/demo/daytime-zone.ts';
import { deliverMessage } from '#lib/server/message/deliver-message.ts';
import * as confirmPage from '../../src/routes/(staff)/support/[id]/confirm-number/+page.server.ts';
import * as personPage from '../../src/routes/(staff)/support/[id]/+page.server.ts';
import * as numberPage from '../../src/routes/(staff)/support/[id]/number/+page.server.ts';
import * as startPage from '../../src/routes/(staff)/support/+page.server.ts';
import { addDays } from '#lib/domain/day.ts';
import { useDatabase } from '../support/database.ts';
import { usePages } from '../support/render-page.ts';
import { makeStaff } from '../support/staff.ts';
import { type Applied, makeSubmittedApplication } from '../support/submitted-application.ts';

const database = useDatabase();
const pages = usePages();
const ROUTES = 'src/routes/(staff)/support';
const NEW_PHONE = '+8613712345678';

let staffId = '';
let asker = '';
let applied: Applied;
let secrets: string[] = [];

beforeAll(async () => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
	const { db, owner } = database;
	staffId = await makeStaff(db, 'reader', 'support');
	asker = await makeStaff(db, 'writer', 'support');
	applied = await makeSubmittedApplication(db, 7);
	const { cardholderId, accountId, applicationId, phone } = applied;
	// At whatever hour this is run, messages reach them.
	await owner
		.updateTable('cardholder')
		.set({ time_zone: daytimeZone(now()) })
		.where('id', '=', cardholderId)
		.execute();
	await resendAccessLink(db, { cardholderId, accountId, staff: { id: staffId } });
	await owner
		.insertInto('evidence')
		.values({
			application_id: applicationId,
			cardholder_id: cardholderId,
			kind: 'medical_record',
			file_name: 'hospital-stay.jpg',
			content_type: 'image/jpeg',
			byte_size: 12_345,
			sha256: Buffer.alloc(32),
			storage_key: 'key-of-the-document',
		})
		.execute();
	const agent = await makeStaff(db, 'noter', 'agent');
	await owner
		.insertInto('review_note')
		.values({ application_id: applicationId, staff_id: agent, body: 'canary-of-a-note' })
		.execute();
	const quote = await owner.selectFrom('quote').select('id').executeTakeFirstOrThrow();
	await owner
		.insertInto('agreement')
		.values({
			application_id: applicationId,
			account_id: accountId,
			cardholder_id: cardholderId,
			quote_id: quote.id,
			offered_at: now(),
			sign_by: new Date(`${addDays(today(), 7)}T00:00:00Z`),
		})
		.execute();
	for (const { id } of await db.selectFrom('outbox_message').select('id').execute()) await deliverMessage(db, id);
	const form = { proofs: ['id_at_branch', 'card_pin'] as const, phone: NEW_PHONE, again: NEW_PHONE };
	expect(await askNumberChange(db, { cardholderId, staffId: asker, form })).toEqual({ ok: true });
	secrets = [phone.slice(3), phone.slice(1), NEW_PHONE.slice(3), NEW_PHONE.slice(-4), '123X', accountId];
	secrets.push('hospital-stay', 'canary-of-a-note', '住院三周', 'key-of-the-document', applied.reference);
	secrets.push(...(await amounts()), ...(await tokensAndCodes()));
});

/** Every amount of this person, in every spelling: minor units, a decimal, grouped. */
async function amounts(): Promise<string[]> {
	const { owner: db } = database;
	const postings = await db.selectFrom('posting').select('amount').execute();
	const quotes = await db.selectFrom('quote').select('terms').execute();
	const decimals = JSON.stringify(quotes).match(/\d{3,}\.\d\d/g) ?? [];
	const minor = [...postings.map(({ amount }) => String(amount)), ...decimals.map((text) => text.replace('.', ''))];
	const grouped = decimals.map((text) => Number(text).toLocaleString('en', { minimumFractionDigits: 2 }));
	expect(decimals.length).toBeGreaterThan(10);
	return [...new Set([...minor, ...decimals, ...grouped])];
}

/** What the messages said: the token of each link, and each code. */
async function tokensAndCodes(): Promise<string[]> {
	const sent = await database.owner.selectFrom('inbox_message').select('body').execute();
	const found = sent.flatMap(({ body }) => body.match(/(?<=\/l\/)[\w-]{22}|(?<!\d)\d{6}(?!\d)/g) ?? []);
	expect(found.length).toBeGreaterThan(0);
	return found;
}

/** Whatever of a person's secrets stands in a text; kinds of content by their words, in both languages. */
function leaksIn(text: string): string[] {
	const plain = text.replaceAll(/<[^>]*class="[^"]*"/g, '<').replaceAll(/svelte-[a-z0-9]+|<!--.*?-->/g, '');
	const leaks = secrets.filter((secret) => plain.includes(secret));
	const kinds = [
		/[¥￥]\s*\d/,
		/\d\.\d\d(?!\d)/,
		/\b(?:principal|interest|balance|outstanding|instalments?|overdue|hardship|illness|medical|hospital|evidence)\b/i,
		/本金|利息|欠款|逾期|分期|住院|疾病|困难|证明/,
		/\/l\/[\w-]{10}|"(?:token|seed|hash|code_?seed)/i,
	];
	return [...leaks, ...kinds.flatMap((kind) => kind.exec(plain)?.[0] ?? [])];
}

interface Handlers {
	load?: (event: never) => unknown;
	actions?: Record<string, (event: never) => unknown>;
}

/** What a route answers to one of support: its data, or the data of a refusal; a redirect as its address. */
async function answer(run: (event: never) => unknown, form: Record<string, string> = {}, query = ''): Promise<unknown> {
	const body = new FormData();
	for (const [name, value] of Object.entries(form)) body.set(name, value);
	const event = {
		locals: { db: database.db, staff: { id: staffId, role: 'support', name: 'reader' } },
		params: { id: applied.cardholderId },
		url: new URL(`https://bank.example/support${query}`),
		request: new Request('https://bank.example/', { method: 'POST', body }),
	};
	try {
		return await runAs({ staff: 'support', staffId }, async () => run(event as never));
	} catch (thrown) {
		if (isRedirect(thrown)) return { redirect: thrown.location };
		if (isHttpError(thrown)) return { status: thrown.status, ...thrown.body };
		throw thrown;
	}
}

const FORMS: Readonly<Record<string, Readonly<Record<string, readonly Record<string, string>[]>>>> = {
	'+page': { default: [{ search: '' }, { search: 'nobody' }, { search: '+8613800000007' }, { search: '13800000007' }] },
	'[id]/+page': {
		resend: [{ account: '0', card: '4821' }, { account: '7', card: '0000' }, {}],
		screen: [{ characters: 'AAAA' }, { characters: '?' }, {}],
		unlock: [{}, { reason: 'wrong_codes' }, { reason: 'codes_late' }, { reason: 'wrong_codes' }],
	},
	'[id]/number/+page': {
		default: [{}, { phone: '13712345678', again: '13712345679' }, { phone: NEW_PHONE, again: NEW_PHONE }],
	},
	'[id]/confirm-number/+page': { confirm: [{}, { last_four: '0000' }, { last_four: 'x' }], end: [{}] },
};
const MODULES: Readonly<Record<string, Handlers>> = {
	'+page': startPage as Handlers,
	'[id]/+page': personPage as Handlers,
	'[id]/number/+page': numberPage as Handlers,
	'[id]/confirm-number/+page': confirmPage as Handlers,
};

test('no page of support tells a token, a code, an amount, a document or a whole number, whatever is asked of it', async () => {
	expect(leaksIn(`<p>${secrets[0] ?? ''} ¥1,234.56 住院</p>`).length).toBeGreaterThan(2);
	let scanned = 0;
	for (const [page, { load, actions = {} }] of Object.entries(MODULES)) {
		expect(Object.keys(FORMS[page] ?? {}).sort(), page).toEqual(Object.keys(actions).sort());
		const forms: unknown[] = [null];
		for (const [name, action] of Object.entries(actions)) {
			for (const given of FORMS[page]?.[name] ?? []) {
				const answered = (await answer(action, given)) as { data?: unknown } | undefined;
				// What support typed themselves may stand in their own field again.
				const search = given['search'];
				const told = JSON.stringify(answered ?? null).replaceAll(
					search === undefined || search === '' ? '\u0000' : search,
					'',
				);
				expect([page, name, given, leaksIn(told)]).toEqual([page, name, given, []]);
				if (answered && !('redirect' in answered) && search === undefined) forms.push(answered.data ?? answered);
			}
		}
		for (const query of ['', '?sent', '?unlocked', '?asked', '?confirmed', '?ended']) {
			const data = load ? await answer(load, {}, query) : {};
			expect([page, query, leaksIn(JSON.stringify(data))]).toEqual([page, query, []]);
			for (const form of query === '' ? forms : [null]) {
				for (const locale of ['zh-CN', 'en'] as const) {
					const html = await pages.render(`${ROUTES}/${page}.svelte`, { data, form }, locale);
					expect([page, query, locale, leaksIn(html)]).toEqual([page, query, locale, []]);
					scanned += 1;
				}
			}
		}
	}
	expect(scanned).toBeGreaterThan(60);
});
