import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Embedded } from '#lib/server/db/embedded/open-embedded.ts';
import { prepareDatabase } from '#lib/server/db/prepare-database.ts';
import { words } from '../e2e/words.ts';
import { useEnv } from '../support/access.ts';
import { type Held, inHand, tracesOf, UNDECIDED } from '../support/case-in-hand.ts';
import { decisionForm, deskOf, markupOf, textOf } from '../support/desk-visitor.ts';
import { killServer, useEmbeddedLab } from '../support/embedded.ts';
import { type Portal, servePortal } from '../support/portal.ts';
import type { Visitor } from '../support/visitor.ts';

const lab = useEmbeddedLab();
const TYPED = '王先生，我们同意您的方案 <12 期> & "每月 10 日"。\n请留意短信。';
const NOTE = 'Payslips fit.';
const LOCK = 4_821;

let portal: Portal;
let embedded: Embedded;
let directory = '';
let held: Held;
let desk: Visitor;

beforeAll(async () => {
	directory = lab.path('cluster');
	embedded = await lab.open(directory);
	await prepareDatabase(embedded.connectionString, embedded.servingConnectionString);
	portal = await servePortal(embedded.connectionString, { jobs: true });
	useEnv({ SECRET_KEY: portal.secretKey, ORIGIN: portal.origin });
	await onItsOwn(async (owner) => {
		await owner.query(`create function wait_here() returns trigger language plpgsql as
			$$ begin perform pg_advisory_xact_lock(${String(LOCK)}); return null; end $$`);
		await owner.query(`create constraint trigger waits_at_commit after insert on decision
			deferrable initially deferred for each row execute function wait_here()`);
	});
});
afterAll(() => portal.stop());

/** A connection of the owner, whatever becomes of it. */
async function onItsOwn<T>(does: (owner: pg.Client) => Promise<T>): Promise<T> {
	const owner = new pg.Client({ connectionString: portal.ownerConnectionString });
	owner.on('error', () => undefined);
	await owner.connect();
	try {
		return await does(owner);
	} finally {
		await owner.end().catch(() => undefined);
	}
}

async function begin(locale: 'zh-CN' | 'en') {
	held = await inHand(portal.db);
	desk = await deskOf(portal, held.staffId, locale);
	return {
		path: `/desk/${held.applicationId}?/decide`,
		form: decisionForm({ ...held.order, words: TYPED, note: NOTE }),
	};
}

/** Until the database takes connections again. */
const isBack = () =>
	expect
		.poll(
			() =>
				sql`select 1`.execute(portal.db).then(
					() => 'back',
					() => 'away',
				),
			{ timeout: 30_000 },
		)
		.toBe('back');

const isAlive = () => process.kill(portal.pid, 0);

/** The page says what to do and holds everything that was typed, and the form on it sends the same again. */
function expectKept({ status, body }: { status: number; body: string }, locale: 'zh-CN' | 'en', path: string): void {
	const w = words(locale);
	expect(status).toBe(503);
	for (const key of ['desk_unsent_title', 'desk_unsent_text', 'desk_unsent_send']) {
		expect(textOf(body)).toContain(w(key));
	}
	expect(body).toContain(`<html lang="${locale}">`);
	expect(textOf(body)).toContain(TYPED);
	expect(textOf(body)).toContain(NOTE);
	expect(body).toContain(`<form method="post" action="${path}">`);
}

/** The form as the page holds it. */
function formOn(body: string): [string, string][] {
	const inputs = markupOf(body).matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
	return [...inputs].map(([, name = '', value = '']): [string, string] => [textOf(name), textOf(value)]);
}

const MOMENTS = {
	'between its reads and its commit': {
		lock: 'begin; lock table outbox_message in share mode',
		waits: `relation = 'outbox_message'::regclass`,
	},
	'during its commit': {
		lock: `select pg_advisory_lock(${String(LOCK)})`,
		waits: `locktype = 'advisory'`,
	},
} as const;

test.each(
	Object.entries(MOMENTS).flatMap(([moment, it]) => (['zh-CN', 'en'] as const).map((l) => [moment, l, it] as const)),
)(
	'the database goes down in a decision %s: nothing is half done, and the same form decides once it is back (%s)',
	async (_, locale, { lock, waits }) => {
		const { path, form } = await begin(locale);
		const answer = await onItsOwn(async (owner) => {
			await owner.query(lock);
			const asked = desk.post(path, form);
			const waiting = `select count(*)::integer as n from pg_locks where not granted and ${waits}`;
			await expect
				.poll(async () => (await owner.query<{ n: number }>(waiting)).rows[0]?.n, { timeout: 20_000 })
				.toBe(1);
			await killServer(directory);
			return asked;
		});
		expectKept(answer, locale, path);
		await isBack();
		expect(await tracesOf(portal.db, held)).toEqual(UNDECIDED);
		expect(formOn(answer.body)).toEqual(form.map(([name, value]) => [name, value]));
		const sent = formOn(answer.body);
		expect((await desk.post(path, sent)).status).toBe(303);
		expect((await desk.post(path, sent)).status).toBe(303);
		expect(await tracesOf(portal.db, held)).toMatchObject({
			outcomes: ['approved'],
			messages: ['application_approved'],
			audited: 1,
		});
		const { words: kept } = await portal.db
			.selectFrom('decision')
			.select('words')
			.where('application_id', '=', held.applicationId)
			.executeTakeFirstOrThrow();
		expect(kept).toBe(TYPED);
		expect(isAlive()).toBe(true);
	},
);

test.each(['zh-CN', 'en'] as const)(
	'while the database is away every form of the desk is kept on its page (%s)',
	async (locale) => {
		const { path, form } = await begin(locale);
		await embedded.close();
		const away = await desk.post(path, [...form, ['confirm_code', '123456']]);
		expectKept(away, locale, path);
		expect(away.body).not.toContain('123456');
		embedded = await lab.open(directory);
		await isBack();
		expect((await desk.post(path, formOn(away.body))).status).toBe(303);
		expect(isAlive()).toBe(true);
	},
);
