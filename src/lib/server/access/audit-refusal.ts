import { minuteOf } from '#lib/domain/access/throttle.ts';
import { noteOnce } from '#lib/server/access/throttle.repository.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Trx } from '#lib/server/db/connect.ts';

/** Why the door stayed shut; a wrong code is no refusal but a failure, and has an entry of its own. */
export type DoorRefusal =
	| 'link_dead'
	| 'code_over'
	| 'too_soon'
	| 'too_many_tries'
	| 'too_many_sends'
	| 'too_many_to_number'
	| 'too_many_from_address'
	| 'busy';

/**
 * Writes a refusal at the door into the audit log, each kind at most once a minute for a target: a guesser's ten thousand
 * are told in a few rows, not in ten thousand.
 */
export async function auditRefusal(
	trx: Trx,
	refused: {
		readonly kind: DoorRefusal;
		readonly target: Buffer;
		readonly subject: { readonly kind: 'access_link' | 'sign_in_challenge' | 'door'; readonly id: string };
		readonly cardholderId: string | null;
	},
): Promise<void> {
	const { kind, target, subject, cardholderId } = refused;
	const key = `sign-in:told:${kind}:${target.toString('base64url')}`;
	if (!(await noteOnce(trx, key, minuteOf(now())))) return;
	await appendAudit(trx, {
		actor: { kind: 'visitor', id: null },
		action: 'sign_in.refused',
		subjectKind: subject.kind,
		subjectId: subject.id,
		cardholderId,
		detail: { kind },
	});
}
