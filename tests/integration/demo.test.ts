import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contradictions } from '#lib/domain/account/contradiction.ts';
import { owed } from '#lib/domain/account/owed.ts';
import { addDays } from '#lib/domain/day.ts';
import { findAccountState, readOwed, readPolicyBook } from '#lib/server/account/account-state.ts';
import { languages } from '#lib/messages/languages.ts';
import { loadDemo } from '#lib/server/demo/load-demo.ts';
import { makeBook } from '#lib/server/demo/make-book.ts';
import { rereadEnv } from '#lib/server/env.ts';
import { listOfferedProducts } from '#lib/server/plan/read-products.ts';
import { verifyDatabase } from '#lib/server/verify/verify-database.ts';
import { useDatabase } from '../support/database.ts';

const TODAY = '2026-11-21';
const database = useDatabase();
let folder = '';

beforeAll(async () => {
	process.env.SECRET_KEY = 'a key for tests that is long enough';
	folder = await mkdtemp(join(tmpdir(), 'portal-demo-test-'));
	process.env.STORAGE = `file:${folder}`;
	rereadEnv();
});
afterAll(() => rm(folder, { recursive: true }));

test('the demo has accounts in every bucket and both languages, staff of every role, and can be made again', async () => {
	await loadDemo(database.owner, { today: TODAY });
	const demo = await loadDemo(database.owner, { today: TODAY });
	const accounts = demo.customers.flatMap((customer) => customer.accounts);
	expect(accounts.length).toBeGreaterThanOrEqual(48);
	expect(new Set(demo.customers.map(({ locale }) => locale))).toEqual(new Set(['zh-CN', 'en']));
	expect(demo.staff.map(({ role }) => role).sort()).toEqual([
		'admin',
		'admin',
		'agent',
		'agent',
		'supervisor',
		'support',
		'support',
	]);
	const buckets = new Set<string>();
	const beingChecked: string[] = [];
	for (const { accountId } of accounts) {
		const state = await findAccountState(database.db, accountId);
		const figures = state && readOwed(state, TODAY);
		if (figures) buckets.add(figures.delinquencyBucket);
		else beingChecked.push(accountId);
	}
	expect([...buckets].sort()).toEqual(['M0', 'M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7']);
	expect(beingChecked).toHaveLength(1);
	const { rows } = await sql<{ accounts: number }>`select count(*) as accounts from account`.execute(database.db);
	expect(rows[0]?.accounts).toBe(accounts.length);
	const { rows: desk } = await sql<{ status: string }>`select status from application order by created_at`.execute(
		database.db,
	);
	expect(desk.map(({ status }) => status)).toEqual([
		// Those whose plans were signed months ago come first.
		...Array.from({ length: 5 }, () => 'approved'),
		'approved',
		'declined',
		// Decided by the first of two.
		'in_review',
		'submitted',
		'submitted',
		'in_review',
		'draft',
	]);
	const { rows: agreements } = await sql<{ of: string }>`
		select c.name || ' ' || g.status as of from agreement g join cardholder c on c.id = g.cardholder_id
		order by g.reference`.execute(database.db);
	expect(agreements.map(({ of }) => of)).toEqual([
		'赵启明 offered',
		'秦知夏 active',
		'沈立秋 missed',
		'邵文博 lapsed',
		'叶晚晴 completed',
		'Eleanor Fairweather completed',
	]);
	const breaches = [];
	for await (const breach of verifyDatabase(database.db, TODAY)) breaches.push(breach);
	expect(breaches).toEqual([]);
	// What the first making kept is gone with it.
	const { rows: kept } = await sql<{ files: number }>`
		select count(*) + count(thumbnail_key) as files from evidence`.execute(database.db);
	const found = await readdir(folder, { recursive: true, withFileTypes: true });
	expect(found.filter((entry) => entry.isFile())).toHaveLength(kept[0]?.files ?? -1);
});

test('on any day of the year each made-up account turns out as it was meant to, and contradicts itself nowhere', async () => {
	const policies = await readPolicyBook(database.db);
	for (let ahead = 0; ahead < 366; ahead += 11) {
		const today = addDays('2026-01-01', ahead);
		for (const { accounts } of makeBook({ today, policies, timeZone: '' })) {
			for (const { bucket, history, openedOn, policy } of accounts) {
				const found = policies.timelineOf(policy, history.currency);
				if (!found.ok) throw new Error(found.problem);
				expect(contradictions(history, openedOn)).toEqual([]);
				expect(owed(history, found.timeline, today).delinquencyBucket).toBe(bucket);
			}
		}
	}
});

test('the demo keeps what the migrations put there: every plan on offer has its name in every language', async () => {
	await loadDemo(database.owner, { today: TODAY });
	const products = await listOfferedProducts(database.db);
	const lacking = products.flatMap(({ code, names }) =>
		languages().flatMap((language) => (names[language] === undefined ? [`${code} in ${language}`] : [])),
	);
	expect(lacking).toEqual([]);
});
