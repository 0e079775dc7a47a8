import { fail, redirect } from '@sveltejs/kit';
import { marksOf, uncheckedOf, unknownOf } from '#lib/domain/review/checklist.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import { decisionProblem, type Outcome } from '#lib/domain/review/decision.ts';
import { LONGEST_NOTE } from '#lib/domain/review/note.ts';
import * as m from '#lib/paraglide/messages.js';
import { findReason } from '#lib/server/application/read-application.ts';
import { today } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { runAs } from '#lib/server/db/identity.ts';
import type { CaseAccess } from '#lib/server/review/case-access.ts';
import { readChecksFor } from '#lib/server/review/checklist-rules.ts';
import { composeLetter } from '#lib/server/review/compose-letter.ts';
import { type DecideRefusal, decideApplication } from '#lib/server/review/decide-application.ts';
import { readDeclineTemplates } from '#lib/server/review/decline-rules.ts';
import { findChange } from '#lib/server/review/find-change.ts';
import { isDecidedAlready } from '#lib/server/review/is-done-already.ts';
import { previewOffer } from '#lib/server/review/preview-offer.ts';
import { confirmStaff } from '#lib/server/staff/confirm-staff.ts';
import { proofRefusalText, readProof } from '../../proof.ts';
import { letterTemplate } from '../letter.ts';
import { proposeAsking } from './ask-actions.ts';
import { type DecisionFields, readDecisionForm, readOfferPick } from './decision-form.ts';
import { openCase } from './open-case.ts';
import { decideRefusalText, fieldOf, lostText } from './refusal-text.ts';
import { readAskForm } from './request-form.ts';
import type { RequestEvent } from './$types';

type Filled = DecisionFields & { outcome: Outcome };

/** The first step of a decision: nothing is written, the second step shows what would be. */
export async function proposeAction(event: RequestEvent) {
	const { db, access, applicationId } = await openCase(event);
	const form = await event.request.formData();
	const fields = readDecisionForm(form);
	if (!fields) return fail(400, { step: 'fill' as const, refusal: m.desk_refused_form() });
	const { outcome } = fields;
	const kept = { ...fields, outcome: outcome ?? null };
	if (access.hold !== 'yours') {
		const asked = outcome === 'more_requested' ? readAskForm(form) : undefined;
		return fail(409, { step: 'fill' as const, fields: kept, asked, refusal: lostText(access) });
	}
	if (outcome === 'more_requested') return proposeAsking(event, form, fields);
	if (!outcome) return fail(400, { step: 'fill' as const, fields: kept, refusal: m.desk_refused_outcome_needed() });
	const refuse = (refusal: DecideRefusal) =>
		fail(400, {
			step: 'fill' as const,
			fields: kept,
			refusal: decideRefusalText(refusal, access),
			field: fieldOf(refusal),
		});
	const refusal = await proposalRefusal(db, applicationId, { ...fields, outcome });
	if (refusal) return refuse(refusal);
	const shown = await showConfirm(db, access, { ...fields, outcome });
	if (!shown.ok) return refuse(shown.refusal);
	const change = await findChange(db, { applicationId, seen: fields });
	const words = wordsOf({ ...fields, outcome }, access.review.locale);
	const changed = change ? decideRefusalText(change, null) : null;
	const { offer, letter } = shown;
	return { step: 'confirm' as const, fields: { ...kept, words, wordsFor: wordsKey(fields) }, changed, offer, letter };
}

/** These are mended where the decision is filled in, not where it is confirmed. */
const FOR_THE_FIRST_STEP: ReadonlySet<DecideRefusal> = new Set<DecideRefusal>([
	'checks_changed',
	'unknown_check',
	'unchecked',
	'reason_unknown',
]);

/** The second step: the decision is made. */
export async function decideAction(event: RequestEvent) {
	const { db, staff, access: before, applicationId } = await openCase(event);
	const form = await event.request.formData();
	const fields = readDecisionForm(form);
	if (!fields?.outcome || fields.outcome === 'more_requested' || (fields.outcome === 'declined' && !fields.letter_seen))
		return fail(400, { step: 'fill' as const, refusal: m.desk_refused_form() });
	const { outcome, reason, checked, checks_seen: checksSeen, note, words, fence, ...rest } = fields;
	const { version, postingMark, evidence } = rest;
	// An answer that was lost on its way: what was sent then stands.
	const sent = { applicationId, staffId: staff.id, fence, outcome, reason, words, note };
	if (await isDecidedAlready(db, sent)) redirect(303, `/desk?done=${outcome}&case=${before.review.reference}`);
	const seen = { version, postingMark, evidence };
	const pick = outcome === 'counter_offered' ? readOfferPick(fields) : undefined;
	const offer = pick ? { ...pick, termsHash: fields.offer_hash } : null;
	const letterSeen = outcome === 'declined' ? fields.letter_seen : undefined;
	const { id: staffId, sessionId } = staff;
	const ticked = { checked, checksSeen, letterSeen };
	const filled = { applicationId, fence, outcome, reason, note, words, seen, offer, ...ticked };
	const proof = readProof(form);
	const confirmed = proof && (await runAs('door', () => confirmStaff(db, { staffId, sessionId, proof })));
	const isProven = confirmed?.ok !== false;
	const decided = isProven ? await decideApplication(db, { staffId, sessionId, ...filled }) : undefined;
	if (decided?.ok) {
		redirect(303, `/desk?done=${decided.step === 'proposed' ? decided.step : outcome}&case=${decided.reference}`);
	}
	const { access } = await openCase(event);
	const refusal = decided && decideRefusalText(decided.refusal, access);
	const field = decided && fieldOf(decided.refusal);
	const kept = { ...fields, outcome };
	const shown = await showConfirm(db, access, kept);
	// What cannot be offered or said at all goes back to where it is picked, and so does what was ticked on another list.
	if (!shown.ok || (decided && FOR_THE_FIRST_STEP.has(decided.refusal))) {
		const sentence = refusal ?? (shown.ok ? undefined : decideRefusalText(shown.refusal, access));
		const at = field ?? (shown.ok ? undefined : fieldOf(shown.refusal));
		return fail(409, { step: 'fill' as const, fields: kept, refusal: sentence, field: at });
	}
	return fail(409, {
		step: 'confirm' as const,
		fields: kept,
		refusal,
		field,
		unproven: isProven ? undefined : proofRefusalText(confirmed),
		changed: isProven ? null : otherText(fields, shown),
		offer: shown.offer,
		letter: shown.letter,
	});
}

/** What is shown anew is not what was confirmed, though nobody has asked yet. */
function otherText(fields: DecisionFields, { offer, letter }: Extract<Shown, { ok: true }>): string | null {
	if (offer && offer.termsHash !== fields.offer_hash) return decideRefusalText('offer_changed', null);
	return letter && letter.mark !== fields.letter_seen ? decideRefusalText('letter_changed', null) : null;
}

type Shown = Awaited<ReturnType<typeof showConfirm>>;

/** What the second step shows of the deed: the plan of a counter-offer on today's figures, the letter of a decline; nothing is written. */
async function showConfirm(db: Db, { review, maySee }: CaseAccess, fields: Filled) {
	const { applicationId, accountId, locale } = review;
	const nothing = { ok: true, offer: undefined, letter: undefined } as const;
	if (fields.outcome === 'approved') return nothing;
	// Its figures and its letter are the case's: who may not see that is shown none.
	if (!maySee) return { ok: false, refusal: 'lease_lost' } as const;
	if (fields.outcome === 'declined') {
		const letter = await composeLetter(db, { applicationId, reason: fields.reason, locale, today: today() });
		return letter ? { ...nothing, letter } : ({ ok: false, refusal: 'reason_unknown' } as const);
	}
	const pick = readOfferPick(fields);
	if (!pick) return { ok: false, refusal: 'offer_missing' } as const;
	const preview = await previewOffer(db, { applicationId, accountId, pick });
	return preview.ok ? { ...nothing, offer: preview.offer } : preview;
}

/** What can be said before the second step; words are not asked for yet. */
async function proposalRefusal(
	db: Db,
	applicationId: string,
	{ outcome, reason, checked, checks_seen, note }: Filled,
): Promise<DecideRefusal | undefined> {
	if (plainText(note).length > LONGEST_NOTE) return 'note_long';
	const checks = await readChecksFor(db, await findReason(db, applicationId));
	if (marksOf(checks) !== checks_seen) return 'checks_changed';
	if (unknownOf(checks, checked).length > 0) return 'unknown_check';
	if (outcome !== 'declined') return uncheckedOf(checks, checked).length > 0 ? 'unchecked' : undefined;
	const { reasons } = await readDeclineTemplates(db);
	return decisionProblem({ outcome, reason, words: 'later' }, reasons);
}

const wordsKey = ({ outcome, reason }: DecisionFields) =>
	`${outcome ?? ''}:${outcome === 'declined' ? (reason ?? '') : ''}`;

/** What was written already for this very decision; else the template of an approval or an offer in the cardholder's language. */
function wordsOf(fields: Filled, locale: string): string {
	const isWritten = fields.wordsFor === wordsKey(fields) && fields.words.trim() !== '';
	if (isWritten) return fields.words;
	return fields.outcome === 'declined' ? '' : letterTemplate(fields.outcome, locale);
}
