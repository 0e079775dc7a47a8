import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Owner } from '#lib/server/application/draft.ts';
import type { Embedded } from '#lib/server/db/embedded/open-embedded.ts';
import { prepareDatabase } from '#lib/server/db/prepare-database.ts';
import { createCardholderSession } from '#lib/server/session/start-session.ts';
import { words } from '../e2e/words.ts';
import { useEnv } from '../support/access.ts';
import { markupOf, textOf } from '../support/desk-visitor.ts';
import { useEmbeddedLab } from '../support/embedded.ts';
import { type Portal, servePortal } from '../support/portal.ts';
import { makeCardholder } from '../support/trip.ts';
import { Visitor } from '../support/visitor.ts';

const lab = useEmbeddedLab();
const TYPED = '住院两个月 <下个月> & "恢复上班"。\n谢谢。';
const FORM = { reason: 'illness_or_injury', circumstances: TYPED, wages: '9,000', housing: '2500' };

let portal: Portal;
let embedded: Embedded;
let directory = '';
let owner: Owner;

beforeAll(async () => {
	directory = lab.path('cluster');
	embedded = await lab.open(directory);
	await prepareDatabase(embedded.connectionString, embedded.servingConnectionString);
	portal = await servePortal(embedded.connectionString);
	useEnv({ SECRET_KEY: portal.secretKey, ORIGIN: portal.origin });
	owner = await makeCardholder(portal.db);
});
afterAll(() => portal.stop());

async function phoneOf(locale: 'zh-CN' | 'zh-TW' | 'en'): Promise<Visitor> {
	const visitor = new Visitor(portal.origin);
	const { token } = await createCardholderSession(portal.db, owner);
	visitor.carry('language', locale);
	visitor.carry('session', token);
	return visitor;
}

/** Stops the database, asks, and starts it again. */
async function whileAway<Answers>(ask: () => Promise<Answers>): Promise<Answers> {
	await embedded.close();
	const answers = await ask();
	embedded = await lab.open(directory);
	const isBack = () =>
		sql`select 1`.execute(portal.db).then(
			() => 'back',
			() => 'away',
		);
	await expect.poll(isBack, { timeout: 30_000 }).toBe('back');
	return answers;
}

/** The form as the page holds it. */
function formOn(body: string): [string, string][] {
	const inputs = markupOf(body).matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
	return [...inputs].map(([, name = '', value = '']): [string, string] => [textOf(name), textOf(value)]);
}

test.each(['zh-CN', 'zh-TW', 'en'] as const)(
	'while the database is away a form of a cardholder’s is kept on a page of the portal, and one press sends it afterwards (%s)',
	async (locale) => {
		const w = words(locale);
		const phone = await phoneOf(locale);
		const [form, code, files, page] = await whileAway(async () => [
			await phone.post('/hardship', FORM),
			await phone.post('/sign-in/code?/enter', { code: '482913', id_last4: '123X' }),
			await phone.get('/documents?/attach', {
				method: 'POST',
				headers: { origin: portal.origin, 'content-type': 'multipart/form-data; boundary=x', 'content-length': '0' },
			}),
			await phone.get('/debt'),
		]);
		for (const { status, body } of [form, code, files, page]) {
			expect(status).toBe(503);
			expect(body).toContain(`<html lang="${locale}">`);
			expect(textOf(body)).toContain('海岸银行');
		}
		for (const key of ['desk_unsent_title', 'unsent_text', 'desk_unsent_send', 'unsent_reference']) {
			expect(textOf(form.body)).toContain(w(key));
		}
		expect(textOf(form.body)).toContain(TYPED);
		expect(form.body).toContain('<form method="post" action="/hardship">');
		// What may not stand on a page is sent again by the browser alone.
		for (const { body } of [code, files]) {
			expect(textOf(body)).toContain(w('unsent_in_part'));
			expect(body).not.toContain('<form');
			for (const secret of ['482913', '123X']) expect(body).not.toContain(secret);
		}
		expect(textOf(page.body)).toContain(w('away_text'));
		expect(page.body).toContain('<a href="/debt">');

		expect(formOn(form.body)).toEqual(Object.entries(FORM));
		expect(await phone.post('/hardship', formOn(form.body))).toMatchObject({
			status: 303,
			headers: { location: '/documents' },
		});
		expect((await phone.get('/hardship')).body).toContain('恢复上班');
		expect((await phone.get('/debt')).status).toBe(200);
		expect(process.kill(portal.pid, 0)).toBe(true);
	},
);
