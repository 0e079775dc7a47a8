import { type EvidenceNeed, evidenceProgress } from '#lib/domain/application/evidence.ts';
import type { Status } from '#lib/domain/application/status.ts';
import type { Currency } from '#lib/domain/money.ts';
import type { Words } from '#lib/domain/words.ts';
import { listAccountsOf } from '#lib/server/account/account-state.ts';
import {
	type Application,
	type Owner,
	selectApplication,
	selectCurrentApplication,
} from '#lib/server/application/application.repository.ts';
import { type ReadDecision, selectDecision } from '#lib/server/application/decision.repository.ts';
import { type ReadBudget, readTypedBudget } from '#lib/server/application/read-budget.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { readEvidenceNeeds } from '#lib/server/evidence/evidence-rules.ts';
import { kindsBrought, listEvidence, type ListedEvidence } from '#lib/server/evidence/list-evidence.ts';
import { type ErasedWords, findErasedWords } from '#lib/server/free-words/read-erasures.ts';
import { findObjection, type ReadObjection } from '#lib/server/objection/read-objection.ts';
import { listOffers, type ReadOffer } from '#lib/server/offer/read-offers.ts';
import { readDeclineTemplates } from '#lib/server/review/decline-rules.ts';
import { findQuote, type ReadQuote } from '#lib/server/plan/read-quote.ts';
import { listRequests, type ReadRequest } from '#lib/server/request/read-requests.ts';

/** An application with all that it holds. */
export interface WholeApplication extends Omit<Application, 'budget' | 'quoteId'> {
	readonly cardLast4: string;
	readonly currency: Currency;
	readonly budget: ReadBudget;
	readonly evidence: readonly ListedEvidence[];
	/** What the reason asks for; empty before there is a reason. */
	readonly needs: readonly EvidenceNeed[];
	/** What of it is still missing. */
	readonly missingEvidence: readonly EvidenceNeed[];
	readonly quote: ReadQuote | undefined;
	/** What answers it as it stands; a counter-offer that was declined answers nothing any more. */
	readonly decision: (ReadDecision & { readonly reason: Words | null }) | undefined;
	/** What the cardholder objected with, and to which decision; undefined where they did not. */
	readonly objection: ReadObjection | undefined;
	/** Every offer that the bank made on it, oldest first. */
	readonly offers: readonly ReadOffer[];
	/** Everything that was asked for on top, oldest first. */
	readonly requests: readonly ReadRequest[];
	/** What of its free words is erased, and by which rule. */
	readonly erased: ErasedWords;
}

/** The same for who reviews it. */
export type ApplicationForReview = WholeApplication;

const ANSWERED: ReadonlySet<Status> = new Set<Status>(['counter_offered', 'approved', 'declined']);

/** The owner's newest application that was not withdrawn, with all that it holds. */
export async function findWholeApplication(db: DbOrTrx, owner: Owner): Promise<WholeApplication | undefined> {
	const application = await selectCurrentApplication(db, owner);
	return application && readWhole(db, application);
}

/** An application for the desk: whether this member of staff may see it, the desk asks before. */
export async function findApplicationForReview(db: DbOrTrx, id: string): Promise<ApplicationForReview | undefined> {
	const application = await selectApplication(db, id);
	return application && readWhole(db, application);
}

/** What people call an application; null for none. */
export async function findReference(db: DbOrTrx, id: string | null): Promise<string | null> {
	return id === null ? null : ((await selectApplication(db, id))?.reference ?? null);
}

/** The reason that an application gives, for the rules of a product. */
export async function findReason(db: DbOrTrx, id: string): Promise<Application['reason']> {
	return (await selectApplication(db, id))?.reason ?? null;
}

async function readWhole(db: DbOrTrx, { budget, quoteId, ...application }: Application): Promise<WholeApplication> {
	const accounts = await listAccountsOf(db, application.cardholderId);
	const account = accounts.find(({ accountId }) => accountId === application.accountId);
	if (!account) throw new Error('an application without its account');
	const { cardLast4, currency } = account;
	const evidence = await listEvidence(db, application.id);
	const needs = application.reason === null ? [] : (await readEvidenceNeeds(db))[application.reason];
	return {
		...application,
		cardLast4,
		currency,
		budget: readTypedBudget(budget, currency),
		evidence,
		needs,
		missingEvidence: evidenceProgress(needs, kindsBrought(evidence)),
		quote: await findQuote(db, { quoteId, applicationId: application.id }),
		decision: ANSWERED.has(application.status) ? await readDecision(db, application.id) : undefined,
		objection: await findObjection(db, application.id),
		offers: await listOffers(db, application.id),
		requests: await listRequests(db, { applicationId: application.id, evidence }),
		erased: await findErasedWords(db, application),
	};
}

/** The decision with its reason in the bank's words: those of then, or of now where it was made before they were kept. */
async function readDecision(db: DbOrTrx, applicationId: string): Promise<WholeApplication['decision']> {
	const decision = await selectDecision(db, applicationId);
	if (!decision || decision.letter || decision.reasonCode === null) {
		return decision && { ...decision, reason: decision.letter?.reason ?? null };
	}
	const { reasons } = await readDeclineTemplates(db);
	return { ...decision, reason: reasons.find(({ code }) => code === decision.reasonCode)?.reason ?? null };
}
