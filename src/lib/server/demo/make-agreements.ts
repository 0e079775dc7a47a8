import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { AGREEMENT_CONSENTS } from '#lib/domain/agreement/consents.ts';
import { addDays, type Day } from '#lib/domain/day.ts';
import { currencyOf, formatAmount, type Minor } from '#lib/domain/money.ts';
import { keepAgreements } from '#lib/server/agreement/keep-agreements.ts';
import { readAgreement } from '#lib/server/agreement/read-agreement.ts';
import { findPlan } from '#lib/server/agreement/read-plan.ts';
import { sendSigningCode } from '#lib/server/agreement/send-signing-code.ts';
import { signAgreement } from '#lib/server/agreement/sign-agreement.ts';
import type { Owner } from '#lib/server/application/draft.ts';
import { now } from '#lib/server/clock.ts';
import { findConfirmationCode } from '#lib/server/confirmation/current-code.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { applicationBefore, DEMO_AGREEMENTS, type DemoAgreement } from '#lib/server/demo/demo-agreements.ts';
import { backdateApproval, dropMessagesTo, findConfirmationOf } from '#lib/server/demo/demo.repository.ts';
import type { DemoStaff } from '#lib/server/demo/demo-staff.ts';
import { expectOk, makeApplication } from '#lib/server/demo/make-applications.ts';
import type { DemoCustomer } from '#lib/server/demo/write-book.ts';
import { importFolder } from '#lib/server/import/import-folder.ts';

const HOURS = 3_600_000;

interface MakingAgreements {
	readonly customers: readonly DemoCustomer[];
	readonly staff: readonly DemoStaff[];
	readonly today: Day;
}

/**
 * Signs the demo's plans on a day of the past, each with its code, brings in what was paid since as a file of the core's, and
 * looks after them as the minute's sweep does. What their holders were told at the time is not sent again.
 */
export async function makeAgreements(db: Db, { customers, staff, today }: MakingAgreements): Promise<void> {
	const payments: Paid[] = [];
	for (const agreement of DEMO_AGREEMENTS) {
		const customer = customers.find(({ name }) => name === agreement.holder);
		const account = customer?.accounts[0];
		if (!customer || account?.agreedDaysAgo === undefined) throw new Error(`${agreement.holder} has no agreement`);
		const owner = { cardholderId: customer.customerId, accountId: account.accountId };
		const daysAgo = account.agreedDaysAgo;
		const signedOn = addDays(today, -daysAgo);
		// That day in every bank's zone.
		const at = new Date(`${signedOn}T12:00:00Z`);
		await makeApplication(db, applicationBefore(agreement, daysAgo * 24 + 20), { customers, staff, today });
		await backdateApproval(db, owner, { on: signedOn, at: new Date(at.getTime() - 2 * HOURS) });
		await sign(db, owner, { at, today: signedOn, locale: customer.locale });
		payments.push(...(await paymentsOf(db, owner, agreement, today)));
		await dropMessagesTo(db, owner.cardholderId);
	}
	await importPayments(db, payments);
	await keepAgreements(db, { today });
}

async function sign(db: Db, owner: Owner, { at, today, locale }: { at: Date; today: Day; locale: string }) {
	const read = await readAgreement(db, { owner, locale, today, at });
	if (read.view !== 'offered') throw new Error(`an agreement of the demo is ${read.view}`);
	const { agreement, document } = read;
	const signer = { owner, today, at };
	const form = {
		agreementId: agreement.id,
		documentHash: document.contentHash.toString('hex'),
		consents: AGREEMENT_CONSENTS,
	};
	expectOk(await sendSigningCode(db, { signer, form }));
	const confirmationId = await findConfirmationOf(db, agreement.id);
	const current = await findConfirmationCode(db, confirmationId, now());
	expectOk(await signAgreement(db, { signer, form, code: current?.code ?? '', ip: '192.0.2.24' }));
}

interface Paid {
	readonly accountId: string;
	readonly postedOn: Day;
	readonly amount: Minor;
	readonly currency: string;
}

/** What was paid of a plan just signed, up to today. */
async function paymentsOf(db: Db, owner: Owner, of: DemoAgreement, today: Day): Promise<Paid[]> {
	const settledOn = addDays(today, -(of.settledDaysAgo ?? 0));
	const plan = await findPlan(db, { owner, today: settledOn });
	if (plan?.life.status !== 'kept') throw new Error('a plan just signed is kept');
	const { instalments } = plan.standing;
	const shared = { accountId: owner.accountId, currency: plan.currency };
	const paid = of.payments.map(({ instalment, percent, daysAfter }) => {
		const due = instalments[instalment - 1];
		if (!due) throw new Error(`a plan of the demo has no instalment ${String(instalment)}`);
		return { ...shared, postedOn: addDays(due.dueOn, daysAfter), amount: Math.round((due.total * percent) / 100) };
	});
	if (of.settledDaysAgo !== undefined) {
		paid.push({ ...shared, postedOn: settledOn, amount: plan.life.settlement.total });
	}
	return paid.filter(({ postedOn, amount }) => postedOn <= today && amount > 0);
}

async function importPayments(db: Db, payments: readonly Paid[]): Promise<void> {
	const directory = await mkdtemp(join(tmpdir(), 'portal-demo-'));
	try {
		const rows = payments.map(({ accountId, postedOn, amount, currency }, index) => [
			accountId,
			`${accountId}-P${String(index + 1).padStart(3, '0')}`,
			postedOn,
			'payment',
			formatAmount(amount, currencyOf(currency)),
			'',
		]);
		const header = 'account_id,posting_id,posted_on,kind,amount,description';
		await writeFile(join(directory, 'postings.csv'), `${header}\n${stringify(rows)}`);
		expectOk(await importFolder(db, { directory, actor: { kind: 'command', id: null } }));
	} finally {
		await rm(directory, { recursive: true });
	}
}
