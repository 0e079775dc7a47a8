import { fail, redirect } from '@sveltejs/kit';
import { findPlanSummary } from '#lib/server/agreement/plan-summary.ts';
import { type AccountSummary, listAccountsOf } from '#lib/server/account/account-state.ts';
import { findApplicationStanding } from '#lib/server/application/application-standing.ts';
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
	const isChoosing = cardholder.accountId === null || url.searchParams.has('choose');
	const accounts = isChoosing ? await listAccountsOf(db, cardholderId) : [];
	const accountId = cardholder.accountId ?? (accounts.length === 1 ? accounts[0]?.accountId : undefined);
	if (accountId === undefined || accounts.length > 1) return choice(accounts);
	const owner = { cardholderId, accountId };
	const [read, application, plan, isOffered] = await Promise.all([
		readDebt(db, { owner, today: today() }),
		findApplicationStanding(db, owner),
		findPlanSummary(db, { owner, today: today(), at: now() }),
		isPasskeyOffered(db, cardholderId),
	]);
	if (!read.ok && read.refusal === 'not_found') return choice(await listAccountsOf(db, cardholderId));
	const shared = {
		plan,
		timeZone: env().bankTimeZone,
		isPasskeyOffered: isOffered,
		application: application && {
			status: application.status,
			reference: application.reference,
			next: application.status === 'draft' ? nextPage(application.done) : ('/application' as const),
		},
	};
	if (!read.ok) {
		const { cardLast4, hasOthers } = read;
		return { view: 'checked' as const, cardLast4, hasOthers, ...shared };
	}
	const { why, hasOthers, ...debt } = read.debt;
	return {
		view: 'debt' as const,
		...shared,
		hasOthers,
		debt,
		why: explain(why),
		asOf: now(),
	};
};

function choice(accounts: readonly AccountSummary[]) {
	return {
		view: 'choose' as const,
		choices: accounts.map(({ accountId, cardLast4 }) => ({ accountId, cardLast4 })),
	};
}

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
