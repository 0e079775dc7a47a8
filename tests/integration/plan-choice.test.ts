import { beforeEach, expect, test } from 'vitest';
import { figuresOfQuote } from '#lib/domain/plan/plan-figures.ts';
import { againstCourses } from '#lib/domain/plan/against-courses.ts';
import { choosePlan, type PlanPick } from '#lib/server/application/choose-plan.ts';
import { type Owner, findCurrentApplication } from '#lib/server/application/draft.ts';
import { findWholeApplication } from '#lib/server/application/read-application.ts';
import { saveHardship } from '#lib/server/application/save-hardship.ts';
import { compareOptions } from '#lib/server/plan/compare-options.ts';
import { useDatabase } from '../support/database.ts';
import { AT, makeCardholder, makeDraft, TODAY } from '../support/trip.ts';

const database = useDatabase();
let owner: Owner;
beforeEach(async () => {
	owner = await makeCardholder(database.db);
	await makeDraft(database.db, owner);
});

const choose = (changes: Partial<PlanPick>) => {
	const usual = { productCode: 'personal-instalments', productVersion: 1 };
	const pick = { ...usual, choice: { instalments: 12, deferralMonths: 0 }, ...changes };
	return choosePlan(database.db, { owner, pick, today: TODAY, at: AT });
};
const planOf = async () => (await findWholeApplication(database.db, owner))?.quote?.plan;

test('the first due date that suits is kept in the quote, and without one it is the account’s own', async () => {
	expect(await choose({ firstDueDate: '2026-12-16' })).toMatchObject({ ok: true });
	expect((await planOf())?.rows.slice(0, 2).map(({ dueDate }) => dueDate)).toEqual(['2026-12-16', '2027-01-16']);
	expect(await choose({ firstDueDate: '' })).toMatchObject({ ok: true });
	expect((await planOf())?.firstDueDate).toBe('2026-12-05');
});

test.for([
	['2026-11-19', 'first_due_date_past'],
	[TODAY, 'first_due_date_past'],
	['2026-11-25', 'first_due_date_too_soon'],
	['2027-06-01', 'first_due_date_too_late'],
	['NaN', 'not_a_day'],
	['2026-13-45', 'not_a_day'],
] as const)('a first due date of %s is refused, and what was chosen before stays', async ([firstDueDate, refusal]) => {
	const before = (await findWholeApplication(database.db, owner))?.quote?.id;
	expect(await choose({ firstDueDate })).toEqual({ ok: false, refusal });
	expect((await findWholeApplication(database.db, owner))?.quote?.id).toBe(before);
});

test.for([Number.NaN, 0, -12, 61, 7, 99_999])('a term of %s is refused', async (instalments) => {
	const outcome = await choose({ choice: { instalments, deferralMonths: 0 } });
	expect(outcome).toEqual({ ok: false, refusal: 'instalments_not_offered' });
});

test('the figures on the card are those of the kept quote, to the fen', async () => {
	const compared = await compareOptions(database.db, {
		...{ owner, today: TODAY, reason: 'unemployment', evidence: [], surplus: null, mostMonthly: null },
		picks: { 'personal-instalments': { instalments: 12 } },
	});
	if (!compared.ok) throw new Error(compared.refusal);
	for (const { product, choice, quote } of compared.options) {
		const { code: productCode, version: productVersion } = product;
		expect(await choose({ productCode, productVersion, choice })).toMatchObject({ ok: true });
		expect(figuresOfQuote(quote)).toEqual(await planOf());
		expect(againstCourses(figuresOfQuote(quote), compared.courses)).toBeDefined();
	}
});

test('a budget of nonsense is kept as it was typed, and saving it again writes nothing new', async () => {
	const budget = { wages: 'NaN', food: '-1', housing: '9'.repeat(60), health: '１２０' };
	const save = () => {
		const form = { reason: '', circumstances: '', budget };
		return saveHardship(database.db, { owner, form, locale: 'zh-CN', at: AT });
	};
	expect(await save()).toMatchObject({
		ok: true,
		problems: [
			{ field: 'wages', problem: 'not_an_amount' },
			{ field: 'housing', problem: 'too_large' },
			{ field: 'food', problem: 'not_an_amount' },
		],
	});
	const kept = await findCurrentApplication(database.db, owner);
	expect(kept?.budget).toEqual({ ...budget, housing: '9'.repeat(40) });
	await save();
	expect((await findCurrentApplication(database.db, owner))?.version).toBe(kept?.version);
});
