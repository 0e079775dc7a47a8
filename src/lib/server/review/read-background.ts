import { type Explanation, explanation } from '#lib/domain/account/explanation.ts';
import type { RuleFinding } from '#lib/domain/plan/product-rules.ts';
import { type SinceQuote, sinceQuote } from '#lib/domain/review/since-quote.ts';
import type { AccountState } from '#lib/server/account/account-state.ts';
import { type AgreementInShort, listAgreementsOf } from '#lib/server/agreement/list-agreements.ts';
import type { ApplicationForReview } from '#lib/server/application/read-application.ts';
import { today } from '#lib/server/clock.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { type ContactStep, listContactHistory } from '#lib/server/review/contact-history.ts';
import {
	type CaseNote,
	listNotes,
	listPastApplications,
	type PastApplication,
} from '#lib/server/review/past.repository.ts';
import { findRules } from '#lib/server/review/product-findings.ts';

/** So many earlier applications, and so many agreements, are told. */
const MOST = 20;

/** What stands behind a case: the debt's own story, the plan against its product's rules, and what went before. */
export interface Background {
	/** What became of the debt since the quote; undefined without a plan, or while the account is being checked. */
	readonly since: SinceQuote | undefined;
	/** The plan that was asked for against each rule of its product, today; undefined where there is nothing to compare. */
	readonly rules: readonly RuleFinding[] | undefined;
	/** Why the account owes what it owes, month by month, by the ledger that the cardholder is shown. */
	readonly why: Omit<Explanation, 'days'> | undefined;
	readonly contacts: readonly ContactStep[];
	readonly past: readonly PastApplication[];
	/** Those that came of other applications of the person. */
	readonly agreements: readonly AgreementInShort[];
	readonly notes: readonly CaseNote[];
}

/** Reads it for a case that the caller may see, and whose look the caller writes into the audit log. */
export async function readBackground(
	db: DbOrTrx,
	{ application, account }: { application: ApplicationForReview; account: AccountState },
): Promise<Background> {
	const { id: applicationId, cardholderId } = application;
	const agreements = await listAgreementsOf(db, { cardholderId, today: today(), most: MOST });
	return {
		since: sinceQuoted(application, account),
		rules: await findRules(db, application, account),
		why: whyOwed(account),
		contacts: await listContactHistory(db, cardholderId),
		past: await listPastApplications(db, { cardholderId, applicationId, most: MOST }),
		agreements: agreements.filter((agreement) => agreement.applicationId !== applicationId),
		notes: await listNotes(db, applicationId),
	};
}

function sinceQuoted({ quote }: ApplicationForReview, account: AccountState): SinceQuote | undefined {
	if (account.beingChecked || !quote) return undefined;
	const { asOf, totalOutstanding } = quote.plan;
	return sinceQuote(account, { asOf, quotedTotal: totalOutstanding, today: today() });
}

function whyOwed(account: AccountState): Background['why'] {
	if (account.beingChecked) return undefined;
	const { days: _days, ...told } = explanation(account.history, account.timeline, today());
	return told;
}
