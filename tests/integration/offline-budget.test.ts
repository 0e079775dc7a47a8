import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { findCurrentApplication, type Owner } from '#lib/server/application/draft.ts';
import { saveHardship } from '#lib/server/application/save-hardship.ts';
import {
	forgetOldSendings,
	type OfflineBudget,
	takeOfflineBudget,
} from '#lib/server/application/take-offline-budget.ts';
import { now } from '#lib/server/clock.ts';
import { useDatabase } from '../support/database.ts';
import { makeCardholder, makeSubmitted } from '../support/trip.ts';

const database = useDatabase();

const seconds = (n: number) => new Date(now().getTime() + n * 1_000);

const take = (owner: Owner, change: Partial<OfflineBudget> = {}) =>
	takeOfflineBudget(database.db, {
		owner,
		budget: {
			id: crypto.randomUUID(),
			lines: { wages: '3,200', housing: '', nothing: 'x' },
			typedAt: seconds(-60),
			overNewer: false,
			...change,
		},
		locale: 'zh-CN',
		at: now(),
	});

const save = (owner: Owner, budget: Record<string, string>, typedAt = seconds(0)) =>
	saveHardship(database.db, {
		owner,
		form: { reason: 'unemployment', circumstances: '厂里停工。', budget, typedAt },
		locale: 'zh-CN',
		at: now(),
	});

const draftOf = async (owner: Owner) => {
	const draft = await findCurrentApplication(database.db, owner);
	return draft && { budget: draft.budget, reason: draft.reason, words: draft.circumstances };
};

test('what was typed without a network joins what is there, and takes nothing away', async () => {
	const owner = await makeCardholder(database.db);
	await save(owner, { housing: '2500' }, seconds(-120));
	expect(await take(owner)).toBe('taken');
	expect(await draftOf(owner)).toEqual({
		budget: { housing: '2500', wages: '3,200' },
		reason: 'unemployment',
		words: '厂里停工。',
	});
});

test('it begins a draft where there is none, once however often it comes', async () => {
	const owner = await makeCardholder(database.db);
	const id = crypto.randomUUID();
	const outcomes = await Promise.all(Array.from({ length: 6 }, () => take(owner, { id })));
	expect(outcomes).toEqual(Array(6).fill('taken'));
	const { rows } = await sql<{ actions: string[] }>`select array_agg(action order by id) as actions from audit_log
		where cardholder_id = ${owner.cardholderId}`.execute(database.db);
	expect(rows[0]?.actions).toEqual(['application.begun']);
	// Its answer was lost, and the figure was changed online since.
	await save(owner, { wages: '4000' });
	expect(await take(owner, { id })).toBe('taken');
	expect((await draftOf(owner))?.budget).toEqual({ wages: '4000' });
});

test('newer figures are never covered without asking, and are where the person says so', async () => {
	const owner = await makeCardholder(database.db);
	await save(owner, { wages: '4000' });
	expect(await take(owner)).toBe('newer');
	expect((await draftOf(owner))?.budget).toEqual({ wages: '4000' });
	expect(await take(owner, { lines: { wages: '4000', food: '900' } })).toBe('taken');
	expect(await take(owner, { overNewer: true })).toBe('taken');
	expect((await draftOf(owner))?.budget).toEqual({ wages: '3,200', food: '900' });
});

test('an application that was sent takes nothing more', async () => {
	const owner = await makeCardholder(database.db);
	await makeSubmitted(database.db, owner);
	expect(await take(owner)).toBe('closed');
});

test('ids that no device brings again are forgotten', async () => {
	const owner = await makeCardholder(database.db);
	await take(owner);
	const count = async () =>
		(
			await database.db
				.selectFrom('offline_sending')
				.selectAll()
				.where('cardholder_id', '=', owner.cardholderId)
				.execute()
		).length;
	await forgetOldSendings(database.db);
	expect(await count()).toBe(1);
	await database.owner
		.updateTable('offline_sending')
		.set({ taken_at: seconds(-366 * 86_400) })
		.execute();
	await forgetOldSendings(database.db);
	expect(await count()).toBe(0);
});
