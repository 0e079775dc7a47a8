import { closeChallengesOf } from '#lib/server/access/challenge.repository.ts';
import { listCardEnds, findPhone } from '#lib/server/access/person.repository.ts';
import { listLivingLinks } from '#lib/server/access/link.repository.ts';
import { targetOfLink, targetOfNumbers, targetOfPhone } from '#lib/server/access/target.ts';
import { forgetCounts } from '#lib/server/access/throttle.ts';
import { type Actor, appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Trx } from '#lib/server/db/connect.ts';

/** What stood against a person at the door and is gone: codes sent and tried that counted, and challenges begun. */
export interface Unlocked {
	readonly sends: number;
	readonly tries: number;
	readonly challenges: number;
}

/**
 * Lets a person ask for codes and try them afresh, by their links and by their numbers. It opens nothing: codes begun before
 * are over, and what is counted by address and in all stays. A silence of their number is lifted apart (`liftSilence`).
 */
export async function unlockPerson(
	trx: Trx,
	{ cardholderId, actor }: { cardholderId: string; actor: Actor },
): Promise<Unlocked> {
	const phone = await findPhone(trx, cardholderId);
	const targets = (await listLivingLinks(trx, cardholderId)).map(targetOfLink);
	if (phone !== undefined) {
		targets.push(targetOfPhone(phone));
		for (const cardLast4 of await listCardEnds(trx, cardholderId)) targets.push(targetOfNumbers({ phone, cardLast4 }));
	}
	const challenges = await closeChallengesOf(trx, cardholderId, now());
	let [sends, tries] = [0, 0];
	for (const target of targets) {
		const forgotten = await forgetCounts(trx, target);
		sends += forgotten.sends;
		tries += forgotten.tries;
	}
	const unlocked = { sends, tries, challenges };
	await appendAudit(trx, {
		actor,
		action: 'sign_in.unlocked',
		subjectKind: 'cardholder',
		subjectId: cardholderId,
		cardholderId,
		detail: unlocked,
	});
	return unlocked;
}
