import { plainText } from '#lib/domain/plain-text.ts';
import { givenReason, type Outcome } from '#lib/domain/review/decision.ts';
import { LONGEST_NOTE } from '#lib/domain/review/note.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { readDeclineTemplates } from '#lib/server/review/decline-rules.ts';
import { findDrawnFor, saveSecondLook } from '#lib/server/second-review/second-review.repository.ts';

/** What somebody would have decided. */
export interface SecondLook {
	readonly staffId: string;
	readonly applicationId: string;
	readonly outcome: Outcome;
	/** The code of one of the bank's reasons. */
	readonly reason: string | null;
	readonly note: string;
}

export type SecondLookRefusal = 'not_found' | 'reason_needed' | 'note_long';

/** Writes what a second person would have decided; the decision stays, and nothing of this reaches the cardholder. */
export async function takeSecondLook(
	db: Db,
	{ staffId, applicationId, outcome, reason, note }: SecondLook,
): Promise<{ ok: true } | { ok: false; refusal: SecondLookRefusal }> {
	const plain = plainText(note);
	if (plain.length > LONGEST_NOTE) return { ok: false, refusal: 'note_long' };
	return db.transaction().execute(async (trx) => {
		const { reasons } = await readDeclineTemplates(trx);
		if (outcome === 'declined' && !givenReason(reasons, reason)) return { ok: false, refusal: 'reason_needed' };
		const drawn = await findDrawnFor(trx, { staffId, applicationId });
		const reasonCode = outcome === 'declined' ? reason : null;
		const look = drawn && { id: drawn.id, staffId, outcome, reasonCode, note: plain, at: now() };
		if (!look || !(await saveSecondLook(trx, look))) return { ok: false, refusal: 'not_found' };
		await appendAudit(trx, {
			actor: { kind: 'staff', id: staffId },
			action: 'second_review.made',
			subjectKind: 'application',
			subjectId: applicationId,
			detail: { secondReviewId: look.id },
		});
		return { ok: true };
	});
}
