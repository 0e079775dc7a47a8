import { refusesTry, triesLeft } from '#lib/domain/access/code.ts';
import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { countUnlessTooMany, hashForLimits } from '#lib/server/access/throttle.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import {
	findConfirmationAbout,
	lockConfirmation,
	markConfirmationUsed,
	recordConfirmationTry,
	type Subject,
} from '#lib/server/confirmation/confirmation.repository.ts';
import { confirmationCode } from '#lib/server/crypto/confirmation-code.ts';
import { sameSecret } from '#lib/server/crypto/same-secret.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** What came of a code typed to confirm a text. `over`: none was sent for it, it is too old, or it was used. */
export type UseConfirmationOutcome =
	| { readonly ok: true; readonly confirmationId: string }
	| { readonly ok: false; readonly refusal: 'over' | 'no_more_tries' }
	| { readonly ok: false; readonly refusal: 'wrong'; readonly triesLeft: number }
	| { readonly ok: false; readonly refusal: 'too_many'; readonly until: Date };

/**
 * Uses a code up for the text that it was sent for. It is locked, so that of many tries at once no more than five are ever
 * compared, and that of two right ones at once one counts. A caller that refuses afterwards must let its transaction commit all the
 * same, or the try is not counted.
 */
export async function useConfirmation(trx: Trx, subject: Subject, code: string): Promise<UseConfirmationOutcome> {
	const at = now();
	const rules = await getAccessRules(trx);
	const found = await lockConfirmation(trx, subject);
	const refused = found ? refusesTry(found, at, rules.code) : 'code_closed';
	if (!found || refused) return { ok: false, refusal: refused === 'too_many_tries' ? 'no_more_tries' : 'over' };
	const target = hashForLimits(`confirm:${subject.purpose}:${subject.subjectId}`);
	const until = await countUnlessTooMany(trx, { what: 'try', of: target, throttle: rules.triesPerTarget });
	if (until) return { ok: false, refusal: 'too_many', until };
	const { id: confirmationId, codeSeed: seed, subjectHash, sends } = found;
	await recordConfirmationTry(trx, confirmationId);
	if (sends > 0 && sameSecret(confirmationCode({ confirmationId, seed, subjectHash, sends }), code)) {
		await markConfirmationUsed(trx, confirmationId, at);
		return { ok: true, confirmationId };
	}
	await appendAudit(trx, {
		actor: { kind: 'cardholder', id: subject.cardholderId },
		action: 'confirmation.failed',
		subjectKind: 'confirmation',
		subjectId: confirmationId,
		cardholderId: subject.cardholderId,
		detail: { purpose: subject.purpose, tries: found.tries + 1 },
	});
	const left = triesLeft({ tries: found.tries + 1 }, rules.code);
	return left > 0 ? { ok: false, refusal: 'wrong', triesLeft: left } : { ok: false, refusal: 'no_more_tries' };
}

/** Whether a code about exactly this is on its way and can still be typed, so that the page asks for it. */
export async function isCodeAwaited(db: DbOrTrx, subject: Subject): Promise<boolean> {
	const found = await findConfirmationAbout(db, subject);
	return found !== undefined && found.sends > 0 && refusesTry(found, now()) === undefined;
}
