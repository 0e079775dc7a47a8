import { fail, redirect } from '@sveltejs/kit';
import { findPlanSummary } from '#lib/server/agreement/plan-summary.ts';
import { listAccountsOf } from '#lib/server/account/account-state.ts';
import { findWholeApplication } from '#lib/server/application/read-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { readDebt } from '#lib/server/debt/read-debt.ts';
import { env } from '#lib/server/env.ts';
import { isPasskeyOffered } from '#lib/server/passkey/passkey-offer.ts';
import { chooseAccount } from '#lib/server/session/choose-account.ts';
import * as m from '#lib/paraglide/messages.js';
import { nextPage } from '../next-page.ts';
import { explain } from './explain.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db, cardholder } = locals;
	if (!cardholder) redirect(303, '/sign-in');
	const cardholderId = cardholder.id;
	const accounts = await listAccountsOf(db, cardholderId);
	const choices = accounts.map(({ accountId, cardLast4 }) => ({ accountId, cardLast4 }));
	const accountId = cardholder.accountId ?? (accounts.length === 1 ? accounts[0]?.accountId : undefined);
	if (accountId === undefined || (url.searchParams.has('choose') && accounts.length > 1)) {
		return { view: 'choose' as const, choices };
	}
	const hasOthers = accounts.length > 1;
	const owner = { cardholderId, accountId };
	const read = await readDebt(db, { owner, today: today() });
	if (!read.ok && read.refusal === 'not_found') return { view: 'choose' as const, choices };
	const application = await findWholeApplication(db, owner);
	const shared = {
		hasOthers,
		plan: await findPlanSummary(db, { owner, today: today(), at: now() }),
		timeZone: env().bankTimeZone,
		isPasskeyOffered: await isPasskeyOffered(db, cardholderId),
		application: application && {
			status: application.status,
			reference: application.reference,
			next: application.status === 'draft' ? nextPage(application) : ('/application' as const),
		},
	};
	if (!read.ok) return { view: 'checked' as const, cardLast4: read.cardLast4, ...shared };
	const { why, ...debt } = read.debt;
	return {
		view: 'debt' as const,
		...shared,
		debt,
		why: explain(why),
		asOf: now(),
	};
};

export const actions: Actions = {
	choose: async ({ locals, request }) => {
		const { db, cardholder } = locals;
		if (!cardholder) redirect(303, '/sign-in');
		const accountId = (await request.formData()).get('account');
		const choice = { sessionId: cardholder.sessionId, cardholderId: cardholder.id, accountId: String(accountId) };
		if (!(await chooseAccount(db, choice))) return fail(400, { refusal: m.debt_account_unknown() });
		redirect(303, '/debt');
	},
};
