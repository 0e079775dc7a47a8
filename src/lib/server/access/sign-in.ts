import type { AccessRules } from '#lib/domain/access/access-rules.ts';
import { refusesTry, triesLeft } from '#lib/domain/access/code.ts';
import { networkOf } from '#lib/domain/access/network.ts';
import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { type DoorRefusal, auditRefusal } from '#lib/server/access/audit-refusal.ts';
import { isBusy } from '#lib/server/access/busy.ts';
import {
	type ChallengeRow,
	closeChallenge,
	lockChallengeOfBrowser,
	recordTry,
} from '#lib/server/access/challenge.repository.ts';
import { countInCrowd, nextAllowedInCrowd } from '#lib/server/access/crowd.ts';
import { markLinkUsed } from '#lib/server/access/link.repository.ts';
import { findIdLast4 } from '#lib/server/access/person.repository.ts';
import { numberTarget } from '#lib/server/access/target.ts';
import { countUnlessTooMany, forgetCounts, hashForLimits } from '#lib/server/access/throttle.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import { sameSecret } from '#lib/server/crypto/same-secret.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import { signInCode } from '#lib/server/crypto/sign-in-code.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { createCardholderSession } from '#lib/server/session/start-session.ts';

/** What came of a code and the last four of an identity number. Which of the two was wrong is not told. */
export type SignInOutcome =
	| { readonly ok: true; readonly token: string }
	| { readonly ok: false; readonly refusal: 'over' | 'no_more_tries' | 'busy' }
	| { readonly ok: false; readonly refusal: 'wrong'; readonly triesLeft: number }
	| { readonly ok: false; readonly refusal: 'too_many'; readonly until: Date };

/** What was typed, made plain (`readCode`, `readIdLastFour`), and where. */
export interface SignInTry {
	readonly browser: string;
	readonly code: string;
	readonly idLast4: string;
	readonly ip: string;
}

/**
 * Opens a session where both fit the challenge that this browser has begun: the challenge is used up, and the link it came
 * from marked as used. The challenge is locked, so that of many tries at once no more than five are ever compared.
 */
export async function signIn(db: Db, given: SignInTry): Promise<SignInOutcome> {
	return db.transaction().execute(async (trx) => {
		const at = now();
		const rules = await getAccessRules(trx);
		const challenge = await lockChallengeOfBrowser(trx, sha256(given.browser));
		const network = networkOf(given.ip);
		const barred = await findBarred(trx, challenge, { at, rules, network });
		if (barred) {
			await auditRefusal(trx, {
				kind: barred.kind,
				target: challenge?.targetHash ?? hashForLimits(network),
				subject: challenge ? { kind: 'sign_in_challenge', id: challenge.id } : { kind: 'door', id: 'code' },
				cardholderId: challenge?.cardholderId ?? null,
			});
			return barred.outcome;
		}
		if (!challenge) throw new Error('a try at no challenge was let through');
		await recordTry(trx, challenge.id);
		const wrong = await findWrong(trx, challenge, given);
		if (wrong === undefined) return { ok: true, token: await enter(trx, challenge, at) };
		await countInCrowd(trx, { what: 'failure-address', of: network });
		await countInCrowd(trx, { what: challenge.cardholderId === null ? 'failure-all-nobody' : 'failure-all' });
		await audit(trx, challenge, 'sign_in.failed', { wrong, tries: challenge.tries + 1 });
		const left = triesLeft({ tries: challenge.tries + 1 }, rules.code);
		return left > 0 ? { ok: false, refusal: 'wrong', triesLeft: left } : { ok: false, refusal: 'no_more_tries' };
	});
}

/** Why nothing is compared; where something is, the try is counted to its target. */
async function findBarred(
	trx: Trx,
	challenge: ChallengeRow | undefined,
	{ at, rules, network }: { at: Date; rules: AccessRules; network: string },
): Promise<{ kind: DoorRefusal; outcome: SignInOutcome & { ok: false } } | undefined> {
	const refused = challenge ? refusesTry(challenge, at, rules.code) : 'code_closed';
	if (!challenge || refused === 'code_closed' || refused === 'code_expired') {
		return { kind: 'code_over', outcome: { ok: false, refusal: 'over' } };
	}
	if (refused) return { kind: refused, outcome: { ok: false, refusal: 'no_more_tries' } };
	if (await isBusy(trx, 'failure-all', rules.failuresInAll)) {
		return { kind: 'busy', outcome: { ok: false, refusal: 'busy' } };
	}
	const address = { what: 'failure-address', of: network, throttle: rules.failuresPerAddress } as const;
	const crowded = await nextAllowedInCrowd(trx, address);
	if (crowded) return { kind: 'too_many_from_address', outcome: { ok: false, refusal: 'too_many', until: crowded } };
	const tries = { what: 'try', of: challenge.targetHash, throttle: rules.triesPerTarget } as const;
	const until = await countUnlessTooMany(trx, tries);
	return until && { kind: 'too_many_tries', outcome: { ok: false, refusal: 'too_many', until } };
}

/** Compares both, always, in a time that tells nothing of either. */
async function findWrong(
	trx: Trx,
	challenge: ChallengeRow,
	given: SignInTry,
): Promise<'code' | 'id' | 'both' | undefined> {
	const { id: challengeId, codeSeed: seed, sends } = challenge;
	const idLast4 = await findIdLast4(trx, challenge.cardholderId);
	const rightCode = sameSecret(signInCode({ challengeId, seed, sends }), given.code) && sends > 0;
	const rightId = sameSecret(idLast4 ?? '', given.idLast4);
	if (rightCode && rightId) return undefined;
	return rightCode ? 'id' : rightId ? 'code' : 'both';
}

async function enter(trx: Trx, challenge: ChallengeRow, at: Date): Promise<string> {
	const { cardholderId, accountId, accessLinkId, targetHash } = challenge;
	if (cardholderId === null) throw new Error('nobody was signed in');
	await closeChallenge(trx, challenge.id, at);
	if (accessLinkId !== null) await markLinkUsed(trx, accessLinkId, at);
	await forgetCounts(trx, targetHash);
	if (accessLinkId === null) await forgetCounts(trx, await numberTarget(trx, challenge));
	await audit(trx, challenge, 'sign_in.succeeded', { via: accessLinkId === null ? 'numbers' : 'link' });
	const { token } = await createCardholderSession(trx, { cardholderId, accountId });
	return token;
}

async function audit(
	trx: Trx,
	challenge: ChallengeRow,
	action: 'sign_in.failed' | 'sign_in.succeeded',
	detail: Record<string, string | number>,
): Promise<void> {
	const { id, cardholderId } = challenge;
	await appendAudit(trx, {
		actor: action === 'sign_in.succeeded' ? { kind: 'cardholder', id: cardholderId } : { kind: 'visitor', id: null },
		action,
		subjectKind: 'sign_in_challenge',
		subjectId: id,
		cardholderId,
		detail,
	});
}
