import { codeExpiry, judgeResend } from '#lib/domain/access/code.ts';
import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { countUnlessTooMany, hashForLimits } from '#lib/server/access/throttle.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import {
	insertConfirmation,
	lockConfirmation,
	recordConfirmationSend,
	type Subject,
} from '#lib/server/confirmation/confirmation.repository.ts';
import { randomSeed } from '#lib/server/crypto/random-token.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { queueMessage } from '#lib/server/message/queue-message.ts';

export type { Subject } from '#lib/server/confirmation/confirmation.repository.ts';

/** What came of asking for a code; `isAgain` where one had just been sent, and still counts. */
export type SendConfirmationOutcome =
	| { readonly ok: true; readonly isAgain: boolean }
	| { readonly ok: false; readonly refusal: 'too_many'; readonly until: Date };

/**
 * Sends a fresh code to the number on file that confirms one text and nothing else. Asked twice in a minute it is one
 * message; a new code ends the one before it and gives no tries back. The caller has checked that the text is the
 * person's own and can still be agreed to.
 */
export async function sendConfirmation(trx: Trx, subject: Subject): Promise<SendConfirmationOutcome> {
	const at = now();
	const rules = await getAccessRules(trx);
	const target = hashForLimits(`confirm:${subject.purpose}:${subject.subjectId}`);
	const open = await lockConfirmation(trx, subject);
	const again = open && judgeResend(open, at, rules.code);
	if (again?.ok === false && again.refusal === 'too_soon') return { ok: true, isAgain: true };
	const until = await countUnlessTooMany(trx, { what: 'send', of: target, throttle: rules.sendsPerTarget });
	if (until) return { ok: false, refusal: 'too_many', until };
	const expiresAt = codeExpiry(at, rules.code);
	const { cardholderId, accountId, purpose, subjectId } = subject;
	const id =
		open && again?.ok ? open.id : await insertConfirmation(trx, { ...subject, codeSeed: randomSeed(), at, expiresAt });
	await recordConfirmationSend(trx, id, { at, expiresAt });
	await queueMessage(trx, {
		cardholderId,
		accountId,
		template: 'confirmation_code',
		confirmationId: id,
		justAskedFor: true,
	});
	await appendAudit(trx, {
		actor: { kind: 'cardholder', id: cardholderId },
		action: 'confirmation.code_sent',
		subjectKind: 'confirmation',
		subjectId: id,
		cardholderId,
		detail: { purpose, about: subjectId },
	});
	return { ok: true, isAgain: false };
}
