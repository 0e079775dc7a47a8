import type { Day } from '#lib/domain/day.ts';
import type { AgreementStatus } from '#lib/domain/agreement/agreement-status.ts';
import { insertAgreement } from '#lib/server/agreement/agreement.repository.ts';
import { keepAgreements } from '#lib/server/agreement/keep-agreements.ts';
import { choosePlan } from '#lib/server/application/choose-plan.ts';
import { findCurrentApplication, type Owner } from '#lib/server/application/draft.ts';
import { saveHardship } from '#lib/server/application/save-hardship.ts';
import { submitApplication } from '#lib/server/application/submit-application.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { env, rereadEnv } from '#lib/server/env.ts';
import { findQuote } from '#lib/server/plan/read-quote.ts';
import { AT, makeCardholder, post, TODAY } from './trip.ts';

/** A signed plan, with the amount of each of its instalments. */
export interface Signed extends Owner {
	readonly agreementId: string;
	readonly totals: readonly number[];
	readonly dueOn: readonly Day[];
}

/** An approved application of an account, and the agreement that its holder may sign for a week. */
export async function makeApproved(
	db: Db,
	owner: Owner,
	{ product = 'interest-free-instalments', instalments = 3 } = {},
): Promise<{ agreementId: string; applicationId: string; quoteId: string }> {
	const form = { reason: 'unemployment', circumstances: '', budget: { wages: '9,000', housing: '1500' } };
	await saveHardship(db, { owner, form, locale: 'zh-CN', at: AT });
	const pick = { productCode: product, productVersion: 1, choice: { instalments, deferralMonths: 0 } };
	const chosen = await choosePlan(db, { owner, pick, today: TODAY, at: AT });
	if (!chosen.ok) throw new Error(chosen.refusal);
	const draft = await findCurrentApplication(db, owner);
	const submission = { applicationId: draft?.id ?? '', version: draft?.version ?? 0, consent: true };
	const sent = await submitApplication(db, { owner, form: submission, today: TODAY, at: AT });
	if (!sent.ok) throw new Error(sent.refusals.join());
	const { applicationId } = submission;
	const quoteId = draft?.quoteId ?? '';
	await db.updateTable('application').set({ status: 'in_review' }).where('id', '=', applicationId).execute();
	await db
		.updateTable('application')
		.set({ status: 'approved', decided_at: AT })
		.where('id', '=', applicationId)
		.execute();
	// Reading and signing go by the present instant, whatever day the tests are run.
	const signBy = new Date(now().getTime() + 7 * 86_400_000);
	const { id } = await db
		.transaction()
		.execute((trx) => insertAgreement(trx, { ...owner, applicationId, quoteId, offeredAt: AT, signBy }));
	return { agreementId: id, applicationId, quoteId };
}

/** The same, signed on the day of the trip: ¥10,265-odd, free of interest, in three instalments from 5 December on. */
export async function makeSigned(db: Db, choice: { product?: string; instalments?: number } = {}): Promise<Signed> {
	const owner = await makeCardholder(db);
	const { agreementId, applicationId, quoteId } = await makeApproved(db, owner, choice);
	const quote = await findQuote(db, { quoteId, applicationId });
	const rows = quote?.plan.rows ?? [];
	await db
		.insertInto('agreement_instalment')
		.values(
			rows.map(({ number, dueDate, principal, interest, total }) => ({
				agreement_id: agreementId,
				number,
				due_on: dueDate,
				principal,
				interest,
				total,
			})),
		)
		.execute();
	await db.updateTable('agreement').set({ status: 'active', signed_at: AT }).where('id', '=', agreementId).execute();
	const totals = rows.map(({ total }) => total);
	return { ...owner, agreementId, totals, dueOn: rows.map(({ dueDate }) => dueDate) };
}

/** Posts a payment as the core's file would bring it in, with the run that brought it. */
export async function pay(db: Db, owner: Owner, postedOn: Day, amount: number): Promise<void> {
	await post(db, owner, postedOn, 'payment', amount);
	await db
		.insertInto('import_run')
		.values({ started_at: now(), finished_at: new Date(now().getTime() + 1), outcome: 'loaded', counts: '{}' })
		.execute();
}

/** Sets the business day and looks after all plans, as the minute's sweep does. */
export async function keepOn(db: Db, today: Day): Promise<number> {
	process.env.PORTAL_TODAY = today;
	rereadEnv();
	return keepAgreements(db, { today: env().portalToday ?? today });
}

/** Where an agreement stands, and everything that was written of it and told. */
export async function stateOf(db: Db, { agreementId, accountId }: Signed) {
	const { status } = await db
		.selectFrom('agreement')
		.select('status')
		.where('id', '=', agreementId)
		.executeTakeFirstOrThrow();
	const events = await db
		.selectFrom('agreement_event')
		.select(['kind', 'instalment', 'occurred_on', 'detail'])
		.where('agreement_id', '=', agreementId)
		.orderBy('id')
		.execute();
	const messages = await db
		.selectFrom('outbox_message')
		.select('template')
		.where('account_id', '=', accountId)
		.where('dedupe_key', 'like', `%${agreementId}%`)
		.orderBy('created_at')
		.execute();
	const audit = await db
		.selectFrom('audit_log')
		.select(['action', 'detail'])
		.where('subject_id', '=', agreementId)
		.orderBy('id')
		.execute();
	return {
		status: status as AgreementStatus,
		events: events.map((event) => `${event.kind} ${String(event.instalment ?? '-')} ${event.occurred_on}`),
		details: events.map(({ detail }) => detail as Record<string, number>),
		messages: messages.map(({ template }) => template),
		audit: audit.map(({ action }) => action),
		auditDetails: audit.map(({ detail }) => detail),
	};
}
