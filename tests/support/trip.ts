import type { Day } from '#lib/domain/day.ts';
import { choosePlan } from '#lib/server/application/choose-plan.ts';
import type { Owner } from '#lib/server/application/draft.ts';
import { findCurrentApplication } from '#lib/server/application/draft.ts';
import { saveHardship } from '#lib/server/application/save-hardship.ts';
import { submitApplication } from '#lib/server/application/submit-application.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** The day and the instant of the trips in tests. */
export const TODAY: Day = '2026-11-20';
export const AT = new Date('2026-11-20T02:00:00Z');

let made = 0;

/** A cardholder with one account: bought for ¥10,000 in August, paid nothing since, and 76 days past due on `TODAY`. */
export async function makeCardholder(db: Db): Promise<Owner> {
	made += 1;
	const cardholderId = `C-${String(made)}`;
	const accountId = `A-${String(made)}`;
	const phone = `+86138${String(made).padStart(8, '0')}`;
	await db
		.insertInto('cardholder')
		.values({ id: cardholderId, name: '王小明', phone, id_last4: '123X', locale: 'zh-CN', time_zone: null })
		.execute();
	await db
		.insertInto('account')
		.values({
			id: accountId,
			cardholder_id: cardholderId,
			card_last4: '4821',
			currency: 'CNY',
			policy_code: 'cn-standard',
			opened_on: '2024-01-01',
		})
		.execute();
	await db
		.insertInto('statement')
		.values([
			statement(accountId, '2026-08-17', '2026-09-05', 1_000_000, 100_000),
			statement(accountId, '2026-09-17', '2026-10-05', 1_025_500, 227_500),
			statement(accountId, '2026-10-17', '2026-11-05', 1_052_000, 366_750),
		])
		.execute();
	await post(db, owner(), '2026-08-01', 'purchase', 1_000_000);
	await post(db, owner(), '2026-09-17', 'interest', 23_500);
	await post(db, owner(), '2026-09-17', 'late_fee', 5_000);
	await post(db, owner(), '2026-10-17', 'interest', 15_125);
	await post(db, owner(), '2026-10-17', 'late_fee', 11_375);
	return owner();

	function owner(): Owner {
		return { cardholderId, accountId };
	}
}

function statement(accountId: string, statementDate: Day, dueDate: Day, balance: number, minimum: number) {
	return {
		account_id: accountId,
		statement_date: statementDate,
		due_date: dueDate,
		statement_balance: balance,
		minimum_payment_due: minimum,
	};
}

/** Posts to an account as an import would. */
export async function post(
	db: Db,
	{ accountId }: Owner,
	postedOn: Day,
	kind: 'purchase' | 'interest' | 'late_fee' | 'payment',
	amount: number,
): Promise<void> {
	made += 1;
	const id = `P-${String(made)}`;
	await db.insertInto('posting').values({ account_id: accountId, id, posted_on: postedOn, kind, amount }).execute();
}

/** Brings a cardholder up to the check page: a reason, a budget and a plan. */
export async function makeDraft(db: Db, owner: Owner): Promise<{ applicationId: string; version: number }> {
	const form = { reason: 'unemployment', circumstances: '', budget: { wages: '4,000', housing: '1500' } };
	await saveHardship(db, { owner, form, locale: 'zh-CN', at: AT });
	const pick = {
		productCode: 'personal-instalments',
		productVersion: 1,
		choice: { instalments: 12, deferralMonths: 0 },
	};
	const chosen = await choosePlan(db, { owner, pick, today: TODAY, at: AT });
	if (!chosen.ok) throw new Error(chosen.refusal);
	const draft = await findCurrentApplication(db, owner);
	if (!draft) throw new Error('no draft');
	return { applicationId: draft.id, version: draft.version };
}

/** The whole trip up to a submitted application. */
export async function makeSubmitted(db: Db, owner: Owner): Promise<{ applicationId: string }> {
	const draft = await makeDraft(db, owner);
	const outcome = await submitApplication(db, { owner, form: { ...draft, consent: true }, today: TODAY, at: AT });
	if (!outcome.ok) throw new Error(outcome.refusals.join());
	return draft;
}
