import { addDays } from '#lib/domain/day.ts';
import { choosePlan } from '#lib/server/application/choose-plan.ts';
import { findCurrentApplication, type Owner } from '#lib/server/application/draft.ts';
import { saveHardship } from '#lib/server/application/save-hardship.ts';
import { submitApplication } from '#lib/server/application/submit-application.ts';
import { now, today } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** Who applied for what. */
export interface Applied {
	readonly applicationId: string;
	readonly reference: string;
	readonly cardholderId: string;
	readonly accountId: string;
	readonly phone: string;
}

/** A cardholder with one overdue account, named after a number that the test chooses. */
export async function makeOverdueAccount(db: Db, n: number): Promise<Omit<Applied, 'applicationId' | 'reference'>> {
	const cardholderId = `C-${String(n)}`;
	const accountId = `A-${String(n)}`;
	const phone = `+86138${String(n).padStart(8, '0')}`;
	const statementDate = addDays(today(), -60);
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
			opened_on: addDays(today(), -800),
		})
		.execute();
	await db
		.insertInto('statement')
		.values({
			account_id: accountId,
			statement_date: statementDate,
			due_date: addDays(statementDate, 20),
			statement_balance: 1_248_217,
			minimum_payment_due: 124_822,
		})
		.execute();
	await db
		.insertInto('posting')
		.values({
			account_id: accountId,
			id: `P-${String(n)}`,
			posted_on: addDays(statementDate, -5),
			kind: 'purchase',
			amount: 1_248_217,
		})
		.execute();
	return { cardholderId, accountId, phone };
}

/**
 * The same with an application sent by its own use cases: illness, a budget, twelve instalments; and what its owner attaches
 * while it is a draft.
 */
export async function makeSubmittedApplication(
	db: Db,
	n: number,
	attach: (owner: Owner) => Promise<void> = () => Promise.resolve(),
): Promise<Applied> {
	const account = await makeOverdueAccount(db, n);
	const owner = { cardholderId: account.cardholderId, accountId: account.accountId };
	const form = {
		reason: 'illness_or_injury',
		circumstances: '住院三周。',
		budget: { wages: '6000', housing: '1800', food: '1500' },
	};
	const saved = await saveHardship(db, { owner, form, locale: 'zh-CN', at: now() });
	if (!saved.ok) throw new Error(saved.refusal);
	await attach(owner);
	const pick = {
		productCode: 'personal-instalments',
		productVersion: 1,
		choice: { instalments: 12, deferralMonths: 0 },
	};
	const chosen = await choosePlan(db, { owner, pick, today: today(), at: now() });
	if (!chosen.ok) throw new Error(chosen.refusal);
	const draft = await findCurrentApplication(db, owner);
	const submission = { applicationId: draft?.id ?? '', version: draft?.version ?? 0, consent: true };
	const sent = await submitApplication(db, { owner, form: submission, today: today(), at: now() });
	if (!sent.ok) throw new Error(sent.refusals.join());
	return { ...account, applicationId: submission.applicationId, reference: sent.reference };
}
