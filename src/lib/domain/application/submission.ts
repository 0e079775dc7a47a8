import { evidenceProgress, sensitivityOf } from '#lib/domain/application/evidence.ts';
import type { EvidenceKind, EvidenceNeed } from '#lib/domain/application/evidence.ts';
import type { Reason } from '#lib/domain/application/reason.ts';
import type { Status } from '#lib/domain/application/status.ts';
import type { Ineligibility } from '#lib/domain/plan/eligibility.ts';
import type { QuoteStatus } from '#lib/domain/plan/quote-status.ts';

/** What submitting is judged on. `quote` and `ineligible` are of the chosen plan, as of now. */
export interface Submission {
	readonly status: Status;
	readonly reason: Reason | null;
	/** Null where no plan was chosen. */
	readonly quote: QuoteStatus | null;
	/** No plan fits, and the person asks the bank for an offer. */
	readonly wantsOffer: boolean;
	/** Whether the version of the product that was quoted is still on offer. */
	readonly productOffered: boolean;
	readonly ineligible: readonly Ineligibility[];
	/** What the reason asks for; empty before there is one. */
	readonly needs: readonly EvidenceNeed[];
	readonly evidence: readonly EvidenceKind[];
	/** The declaration on the check page. */
	readonly consent: boolean;
	/** The separate consent to medical and financial documents. */
	readonly sensitiveConsent: boolean;
}

/** Why an application cannot be submitted as it is; each has its words beside the part of the page that mends it. */
export type SubmissionRefusal =
	| 'already_submitted'
	| 'no_longer_open'
	| 'reason_missing'
	| 'plan_missing'
	| 'plan_not_offered'
	| 'not_eligible'
	| 'quote_expired'
	| 'figures_changed'
	| 'consent_missing'
	| 'sensitive_consent_missing';

/** Whether an application may be submitted, and which evidence the person still has to bring. */
export type SubmissionOutcome =
	| { readonly ok: true; readonly evidenceStillMissing: readonly EvidenceNeed[] }
	| { readonly ok: false; readonly refusals: readonly SubmissionRefusal[] };

/**
 * Judges a submission (domain.md, "The order" and "Hardship"). Missing evidence does not forbid it: an application
 * always reaches an agent, who can ask for more, and someone in hardship may not hold the paper yet. What is missing is
 * returned, to be recorded and shown. Medical and financial documents need their own consent [PIPL Art. 28–29].
 */
export function judgeSubmission(submission: Submission): SubmissionOutcome {
	const { status, reason, quote, evidence } = submission;
	if (status === 'submitted' || status === 'in_review' || status === 'counter_offered') {
		return { ok: false, refusals: ['already_submitted'] };
	}
	if (status !== 'draft') return { ok: false, refusals: ['no_longer_open'] };
	const refusals: SubmissionRefusal[] = [];
	if (reason === null) refusals.push('reason_missing');
	if (quote === null) {
		// Where no product fits, the application still reaches an agent (domain.md, "Plans").
		if (!submission.wantsOffer) refusals.push('plan_missing');
	} else if (!submission.productOffered) refusals.push('plan_not_offered');
	else if (quote !== 'valid') refusals.push(quote);
	else if (submission.ineligible.some((why) => !MENDED_LATER.includes(why))) refusals.push('not_eligible');
	if (!submission.consent) refusals.push('consent_missing');
	if (!submission.sensitiveConsent && evidence.some((kind) => sensitivityOf(kind) !== undefined)) {
		refusals.push('sensitive_consent_missing');
	}
	if (reason === null || refusals.length > 0) return { ok: false, refusals };
	return { ok: true, evidenceStillMissing: evidenceProgress(submission.needs, evidence) };
}

/** What stands in the way of a plan and yet not of asking for it: the paper can follow, a reason is named above. */
const MENDED_LATER: readonly Ineligibility[] = ['evidence_missing', 'reason_not_given'];
