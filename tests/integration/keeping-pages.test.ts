import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { findLetter } from '#lib/server/agreement/letter.ts';
import { findPlan } from '#lib/server/agreement/read-plan.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import m from '../../src/lib/messages/en.json' with { type: 'json' };
import { load as loadDebt } from '../../src/routes/(cardholder)/debt/+page.server.ts';
import { load as loadAhead } from '../../src/routes/(cardholder)/debt/ahead/+page.server.ts';
import { holdClock, useEnv } from '../support/access.ts';
import { keepOn, makeApproved, makeSigned, pay, type Signed } from '../support/agreement.ts';
import { useDatabase } from '../support/database.ts';
import { usePages } from '../support/render-page.ts';
import { AT, makeCardholder, TODAY } from '../support/trip.ts';

const database = useDatabase();
const pages = usePages();

beforeAll(() => useEnv());
beforeEach(() => {
	useEnv({ PORTAL_TODAY: TODAY });
	holdClock(AT);
});
afterEach(() => vi.useRealTimers());

/** What is read of the plan's part of the page, without tags. */
async function planWords(owner: Signed, today: string, locale: 'zh-CN' | 'en' = 'en'): Promise<string> {
	const plan = await findPlan(database.db, { owner, today });
	const path = '/src/routes/(cardholder)/agreement/PlanKept.svelte';
	return words(await pages.render(path, { plan }, locale));
}

function words(html: string): string {
	return html
		.replace(/<!--.*?-->/g, '')
		.replace(/<\/?span[^>]*>/g, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ');
}

async function completed(): Promise<Signed> {
	const signed = await makeSigned(database.db);
	for (const [index, total] of signed.totals.entries()) {
		await pay(database.db, signed, signed.dueOn[index] ?? TODAY, total);
	}
	await keepOn(database.db, '2027-02-06');
	return signed;
}

test('what is next stands first, then how much of the plan is done; a part payment lowers what is next', async () => {
	const signed = await makeSigned(database.db);
	await pay(database.db, signed, TODAY, 100_00);
	const text = await planWords(signed, TODAY);
	expect(text).toMatch(/Next .* Instalment 1 of 3, to arrive by Sat 5 December 2026 .*¥100\.00 of its .* has arrived/);
	expect(text).toContain('0 of 3 instalments paid: ¥100.00 paid');
	expect(text).toMatch(/To settle everything today ¥10,\d{3}\.\d\d/);
});

test('a missed instalment: what happened, until when it can be made good, and what it would be otherwise', async () => {
	const signed = await makeSigned(database.db);
	await keepOn(database.db, '2026-12-10');
	const text = await planWords(signed, '2026-12-10');
	expect(text).toContain('Instalment 1 is not complete yet');
	expect(text).toContain('It can be made good until Sun 20 December 2026.');
	expect(text).toMatch(
		/The plan would end on Mon 21 December 2026, and ¥10,909\.95 would be due\..*waived on condition/,
	);
	expect(text).not.toMatch(/!|delinquent|fail/i);
});

test('a lapsed plan shows every line of its balance, and the letter holds the same', async () => {
	const signed = await makeSigned(database.db);
	await keepOn(database.db, '2026-12-06');
	await keepOn(database.db, '2026-12-22');
	const plan = await findPlan(database.db, { owner: signed, today: '2027-03-01' });
	expect(plan?.life.status).toBe('lapsed');
	const text = await planWords(signed, '2027-03-01');
	for (const line of [
		'Principal',
		'Late payment fees that had been waived',
		'Interest that had been waived',
		'Due in all',
	]) {
		expect(text).toContain(line);
	}
	const letter = await findLetter(database.db, { owner: signed, locale: 'en', today: '2027-03-01' });
	expect(letter?.kind).toBe('lapse_notice');
	const { content } = await database.db
		.selectFrom('agreement_document')
		.select('content')
		.where('agreement_id', '=', signed.agreementId)
		.executeTakeFirstOrThrow();
	const balance = plan?.life.status === 'lapsed' ? plan.life.balance : undefined;
	expect(JSON.stringify(content)).toContain(
		`¥${((balance?.total ?? 0) / 100).toLocaleString('en', { minimumFractionDigits: 2 })}`,
	);
});

test('the letter of a completed plan is drawn once, and is the same bytes whenever it is asked for', async () => {
	const signed = await completed();
	expect(await planWords(signed, '2027-03-01')).toContain('Your plan is complete');
	const ask = (today: string) => findLetter(database.db, { owner: signed, locale: 'zh-CN', today });
	const [first, again] = [await ask('2027-02-07'), await ask('2027-04-01')];
	expect(first?.pdf.subarray(0, 5).toString()).toBe('%PDF-');
	expect(again?.pdf.equals(first?.pdf ?? Buffer.alloc(0))).toBe(true);
	const rows = await database.db
		.selectFrom('agreement_document')
		.select(['kind', 'pdf_sha256'])
		.where('agreement_id', '=', signed.agreementId)
		.execute();
	expect(rows).toEqual([{ kind: 'completion_letter', pdf_sha256: sha256(first?.pdf ?? '') }]);
	const stranger = await makeSigned(database.db);
	expect(await findLetter(database.db, { owner: stranger, locale: 'en', today: TODAY })).toBeUndefined();
});

test('a kept plan stands first on the debt page, and nothing is asked for beside it', async () => {
	const signed = await makeSigned(database.db);
	const locals = {
		db: database.db,
		cardholder: { id: signed.cardholderId, accountId: signed.accountId, sessionId: 's' },
	};
	const data = await loadDebt({ locals, url: new URL('http://127.0.0.1/debt') } as never);
	const html = await pages.render('/src/routes/(cardholder)/debt/+page.svelte', { data, form: null }, 'en');
	const text = words(html);
	expect(text.indexOf('Your plan')).toBeLessThan(text.indexOf(m.debt_title));
	expect(text).toContain('Next, to arrive by Sat 5 December 2026');
	expect(text).not.toContain(m.debt_tomorrow);
	expect(html).toContain('href="/agreement"');
	const ahead = (await loadAhead({ locals } as never)) as { ahead: { plan?: { isSigned: boolean } } };
	expect(ahead.ahead.plan?.isSigned).toBe(true);
});

test('an agreement that can be signed is what the debt page leads to', async () => {
	const owner = await makeCardholder(database.db);
	await makeApproved(database.db, owner);
	const locals = {
		db: database.db,
		cardholder: { id: owner.cardholderId, accountId: owner.accountId, sessionId: 's' },
	};
	const data = await loadDebt({ locals, url: new URL('http://127.0.0.1/debt') } as never);
	const html = await pages.render('/src/routes/(cardholder)/debt/+page.svelte', { data, form: null }, 'zh-CN');
	expect(words(html)).toContain('阅读协议');
});
