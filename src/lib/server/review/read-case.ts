import type { Owed } from '#lib/domain/account/owed.ts';
import type { Day } from '#lib/domain/day.ts';
import { parseAmount, type Currency, type Minor } from '#lib/domain/money.ts';
import { type Fit, fitOf } from '#lib/domain/plan/affordability.ts';
import type { QuoteTerms } from '#lib/domain/plan/quote-terms.ts';
import type { BudgetPin } from '#lib/domain/review/budget-page.ts';
import type { LikeCases } from '#lib/domain/review/like-cases.ts';
import type { MarkedCheck } from '#lib/domain/review/checklist.ts';
import type { DeclineTemplate } from '#lib/domain/review/decline-letter.ts';
import type { Seen } from '#lib/domain/review/seen.ts';
import { findAccountState, readOwed } from '#lib/server/account/account-state.ts';
import { type Reconciliation, readReconciliation } from '#lib/server/account/read-reconciliation.ts';
import { type ApplicationForReview, findApplicationForReview } from '#lib/server/application/read-application.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { today } from '#lib/server/clock.ts';
import { findStandingHold, type HoldRow } from '#lib/server/contact-hold/read-hold.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { listMarkedLines } from '#lib/server/evidence/mark-line.ts';
import { listOfferable, type Offerable } from '#lib/server/offer/list-offerable.ts';
import { findProduct } from '#lib/server/plan/read-products.ts';
import { type ApprovalRow, findLatestApproval } from '#lib/server/review/approval.repository.ts';
import type { CaseAccess } from '#lib/server/review/case-access.ts';
import { type CaseEvent, listCaseEvents } from '#lib/server/review/case-events.ts';
import { type CaseCardholder, findStaffName, getCaseCardholder } from '#lib/server/review/case.repository.ts';
import { readChecksFor } from '#lib/server/review/checklist-rules.ts';
import { type DecisionRow, findDecision, findFrozenQuote } from '#lib/server/review/decision.repository.ts';
import { readDeclineTemplates } from '#lib/server/review/decline-rules.ts';
import { findRevision, type Revision } from '#lib/server/review/find-revision.ts';
import { type Background, readBackground } from '#lib/server/review/read-background.ts';
import { readLikeCases } from '#lib/server/review/read-like-cases.ts';
import { asksForSecond } from '#lib/server/review/second-approver.ts';

/** The parts of a debt that stand beside each other, when the plan was quoted and today. */
export const DEBT_PARTS = [
	'principal',
	'billedInterest',
	'unbilledInterest',
	'billedFees',
	'unbilledLateFees',
	'credit',
	'totalOutstanding',
] as const;
export type DebtPart = (typeof DEBT_PARTS)[number];

/** What is owed; `today` is null while the account is being checked, `quoted` where no plan was chosen. */
export interface CaseDebt {
	readonly asOf: Day;
	readonly today: Pick<Owed, DebtPart | 'pastDueAmount' | 'daysPastDue' | 'dailyInterest'> | null;
	readonly quoted: Readonly<Record<DebtPart, Minor>> | null;
	/** Whether anything was posted since the quote. */
	readonly isPostedSince: boolean;
}

/** What the first of two decided, with the product's names by locale. */
export type CaseApproval = ApprovalRow & { readonly names: Readonly<Record<string, string>> };

/** Everything about a case in one view. */
export interface Case extends Background {
	readonly application: ApplicationForReview;
	readonly cardholder: CaseCardholder;
	readonly debt: CaseDebt;
	/** How the core's billing compares with the engine's. */
	readonly reconciliation: Reconciliation | undefined;
	/** How the dearest instalment sits in the budget. */
	readonly fit: Fit;
	/** Whether approving what was asked for takes a second person. */
	readonly needsSecond: boolean;
	/** What somebody decided as the first of two, waiting or ended; the newest. */
	readonly approval: CaseApproval | undefined;
	readonly events: readonly CaseEvent[];
	/** What answers the application as it stands; none while it waits or is in review. */
	readonly decision: DecisionRow | undefined;
	/** The decision that the cardholder objects to; undefined where they do not. */
	readonly objectedTo: DecisionRow | undefined;
	/** How like cases were decided; undefined where nobody is to decide now, or no figure is to be trusted. */
	readonly likeCases: LikeCases | undefined;
	/** What can be offered instead of what was asked for. */
	readonly offerable: readonly Offerable[];
	/** Where this is a changed version of one taken back: of which, and what differs. */
	readonly revision: Revision | undefined;
	/** The lines of the budget that an agent has marked on the pages that show them. */
	readonly pins: readonly BudgetPin[];
	/** The hold that stops reminders for the account, where one stands. */
	readonly standingHold: (Pick<HoldRow, 'kind' | 'until' | 'at'> & { readonly name: string }) | undefined;
	/** Put aside up to this day and with it, where it is. */
	readonly pausedUntil: Day | null;
	/** Who referred it to a supervisor, and when. */
	readonly referral: { readonly name: string; readonly at: Date } | undefined;
	/** What is to be checked before it is approved or offered a plan. */
	readonly checks: readonly MarkedCheck[];
	/** Why applications are declined; those that are not given any more among them. */
	readonly declineReasons: readonly DeclineTemplate[];
	/** Comes back with a decision, so that none is made on what has changed. */
	readonly seen: Seen;
}

/** The case for somebody who may see it; the look is written into the audit log. */
export async function getCase(db: Db, access: CaseAccess, staffId: string): Promise<Case> {
	const { applicationId, accountId, cardholderId } = access.review;
	const application = await findApplicationForReview(db, applicationId);
	const account = await findAccountState(db, accountId);
	if (!application || !account) throw new Error('a review without its application');
	const { quote, budget, submittedAt, version, evidence, objection, reason } = application;
	const frozen = await findFrozenQuote(db, applicationId);
	const owed = readOwed(account, today()) ?? null;
	await auditLook(db, { applicationId, cardholderId, staffId });
	return {
		application,
		cardholder: await getCaseCardholder(db, { cardholderId, accountId }),
		debt: {
			asOf: today(),
			today: owed,
			quoted: frozen ? partsOf((frozen.terms as QuoteTerms).owed, application.currency) : null,
			isPostedSince: frozen !== undefined && frozen.postingMark !== account.postingMark,
		},
		reconciliation: await readReconciliation(db, accountId),
		fit: quote ? fitOf(quote.plan.highestInstalment, budget.surplus) : 'unknown',
		needsSecond: quote !== undefined && (await asksForSecond(db, quote.plan)),
		approval: await findApproval(db, applicationId),
		events: await listCaseEvents(db, { applicationId, submittedAt }),
		decision: access.hold === 'closed' ? await findDecision(db, { applicationId }) : undefined,
		objectedTo: objection && (await findDecision(db, { decisionId: objection.decisionId })),
		likeCases: access.hold === 'yours' ? await readLikeCases(db, { account, reason, applicationId }) : undefined,
		offerable: access.hold === 'yours' ? await offerableFor(db, application) : [],
		revision: await findRevision(db, application),
		checks: await readChecksFor(db, reason),
		declineReasons: (await readDeclineTemplates(db)).reasons,
		...(await readAside(db, access.review)),
		...(await readBackground(db, { application, account })),
		pins: await listMarkedLines(db, applicationId),
		seen: { version, postingMark: account.postingMark, evidence: evidence.map(({ id }) => id) },
	};
}

async function findApproval(db: Db, applicationId: string): Promise<CaseApproval | undefined> {
	const approval = await findLatestApproval(db, applicationId);
	if (!approval) return undefined;
	const product = await findProduct(db, approval.plan.productCode, approval.plan.productVersion);
	return { ...approval, names: product?.names ?? {} };
}

async function offerableFor(
	db: Db,
	{ cardholderId, accountId, reason, evidence, budget }: ApplicationForReview,
): Promise<readonly Offerable[]> {
	const kinds = evidence.map(({ kind }) => kind);
	const { surplus } = budget;
	return listOfferable(db, { owner: { cardholderId, accountId }, today: today(), reason, evidence: kinds, surplus });
}

function partsOf(owed: QuoteTerms['owed'], currency: Currency): Record<DebtPart, Minor> {
	const parts = DEBT_PARTS.map((part) => [part, parseAmount(owed[part], currency) ?? 0] as const);
	return Object.fromEntries(parts) as Record<DebtPart, Minor>;
}

/** What a case is put aside for. */
async function readAside(db: Db, { accountId, referredAt, referredBy, pausedUntil }: CaseAccess['review']) {
	const name = async (id: string) => (await findStaffName(db, id)) ?? '';
	const hold = await findStandingHold(db, accountId);
	return {
		pausedUntil,
		standingHold: hold && { kind: hold.kind, until: hold.until, at: hold.at, name: await name(hold.staffId) },
		referral: referredAt && referredBy ? { name: await name(referredBy), at: referredAt } : undefined,
	};
}

async function auditLook(
	db: Db,
	{ applicationId, cardholderId, staffId }: { applicationId: string; cardholderId: string; staffId: string },
): Promise<void> {
	await db.transaction().execute((trx) =>
		appendAudit(trx, {
			actor: { kind: 'staff', id: staffId },
			action: 'application.viewed',
			subjectKind: 'application',
			subjectId: applicationId,
			cardholderId,
		}),
	);
}
