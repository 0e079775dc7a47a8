import type { AccessRules } from '#lib/domain/access/access-rules.ts';
import { type DoorRefusal, auditRefusal } from '#lib/server/access/audit-refusal.ts';
import type { ChallengeRow } from '#lib/server/access/challenge.repository.ts';
import { countInCrowd, nextAllowedInCrowd } from '#lib/server/access/crowd.ts';
import { numberTarget } from '#lib/server/access/target.ts';
import { countUnlessTooMany } from '#lib/server/access/throttle.ts';
import type { Trx } from '#lib/server/db/connect.ts';

/** Whether a challenge's code may be sent now; `toNobody` where everything is to go on as if it were, and nothing is. */
export type SendLeave =
	{ readonly ok: true; readonly toNobody: boolean } | { readonly ok: false; readonly until: Date };

/**
 * Counts one more code for a challenge: by the network it is asked from, by its link or pair of numbers, and without a link by
 * the number on file. The last is never told: it would tell that two cards belong to one number. A link has a budget of its own,
 * so that nobody without it can use up what its owner may ask for.
 */
export async function maySend(
	trx: Trx,
	challenge: ChallengeRow,
	{ network, rules }: { network: string; rules: AccessRules },
): Promise<SendLeave> {
	const { targetHash, cardholderId, accessLinkId } = challenge;
	const audit = (kind: DoorRefusal) => {
		const subject = { kind: 'sign_in_challenge', id: challenge.id } as const;
		return auditRefusal(trx, { kind, target: targetHash, subject, cardholderId });
	};
	const address = { what: 'ask-address', of: network } as const;
	const crowded = await nextAllowedInCrowd(trx, { ...address, throttle: rules.asksPerAddress });
	if (crowded) {
		await audit('too_many_from_address');
		return { ok: false, until: crowded };
	}
	await countInCrowd(trx, address);
	const until = await countUnlessTooMany(trx, { what: 'send', of: targetHash, throttle: rules.sendsPerTarget });
	if (until) {
		await audit('too_many_sends');
		return { ok: false, until };
	}
	const isFull = accessLinkId === null && (await isNumberFull(trx, challenge, rules));
	if (isFull) await audit('too_many_to_number');
	await countInCrowd(trx, { what: isFull || cardholderId === null ? 'send-all-nobody' : 'send-all' });
	return { ok: true, toNobody: isFull };
}

async function isNumberFull(trx: Trx, challenge: ChallengeRow, { sendsPerNumber }: AccessRules): Promise<boolean> {
	const of = await numberTarget(trx, challenge);
	return (await countUnlessTooMany(trx, { what: 'send', of, throttle: sendsPerNumber })) !== undefined;
}
