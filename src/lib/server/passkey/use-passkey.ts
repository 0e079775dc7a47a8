import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import { isoBase64URL, parseAuthenticatorData } from '@simplewebauthn/server/helpers';
import { counterWentBack, refusesAnswer } from '#lib/domain/access/passkey.ts';
import { now } from '#lib/server/clock.ts';
import { sameSecret } from '#lib/server/crypto/same-secret.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { lockChallenge, saveChallengeUsed } from '#lib/server/passkey/challenge.repository.ts';
import { type Bound, boundHash, type PasskeyOwner } from '#lib/server/passkey/owner.ts';
import {
	findHolder,
	lockPasskeyByCredential,
	type PasskeyRow,
	saveUse,
} from '#lib/server/passkey/passkey.repository.ts';
import { type ReadAnswer, readAssertion } from '#lib/server/passkey/read-answer.ts';
import { type RelyingParty, relyingParty } from '#lib/server/passkey/relying-party.ts';

/** Why an answer was not taken: for the audit log, never for whoever sent it. */
export type PasskeyCause =
	| 'malformed'
	| 'challenge_unknown'
	| 'challenge_used'
	| 'challenge_over'
	| 'unknown'
	| 'removed'
	| 'other_owner'
	| 'counter'
	| 'not_verified';

/** A passkey's answer, and what it is to do. `owner` null asks who somebody is; else it must be theirs. */
export interface PasskeyUse {
	readonly kind: PasskeyOwner['kind'];
	readonly owner: PasskeyOwner | null;
	readonly bound: Bound;
	/** The browser's answer, as JSON. */
	readonly answer: string;
}

export type UsePasskeyOutcome =
	| { readonly ok: true; readonly owner: PasskeyOwner; readonly passkeyId: string }
	| {
			readonly ok: false;
			readonly cause: PasskeyCause;
			/** Whose passkey it claims to be, where it is known. */
			readonly passkey: { readonly id: string; readonly owner: PasskeyOwner } | null;
	  };

/**
 * Judges a passkey's answer: to a challenge given to this very browser or session, used once and in time, by a passkey
 * that was not removed, for this very site, after finger, face or screen lock, with a count that went up. The challenge is
 * used up either way, so the transaction is to be kept where it is refused.
 */
export async function usePasskey(trx: Trx, { kind, owner, bound, answer }: PasskeyUse): Promise<UsePasskeyOutcome> {
	const at = now();
	const party = relyingParty();
	const read = readAssertion(answer);
	if (!party || !read) return { ok: false, cause: 'malformed', passkey: null };
	const purpose = owner ? ('confirm' as const) : ('sign_in' as const);
	const challenge = await lockChallenge(trx, { purpose, kind, boundHash: boundHash(bound), challenge: read.challenge });
	if (!challenge || challenge.ownerId !== (owner?.id ?? null)) {
		return { ok: false, cause: 'challenge_unknown', passkey: null };
	}
	const over = refusesAnswer(challenge, at);
	if (over) return { ok: false, cause: over, passkey: null };
	await saveChallengeUsed(trx, { id: challenge.id, at });
	const passkey = await lockPasskeyByCredential(trx, Buffer.from(read.response.id, 'base64url'));
	if (!passkey) return { ok: false, cause: 'unknown', passkey: null };
	const claimed = { id: passkey.id, owner: ownerOf(passkey) };
	const cause = await judge(trx, { passkey, claimed: claimed.owner, kind, owner, read, party, at });
	return cause ? { ok: false, cause, passkey: claimed } : { ok: true, owner: claimed.owner, passkeyId: passkey.id };
}

interface Judging extends Pick<PasskeyUse, 'kind' | 'owner'> {
	readonly passkey: PasskeyRow;
	readonly claimed: PasskeyOwner;
	readonly read: NonNullable<ReturnType<typeof readAssertion>>;
	readonly party: RelyingParty;
	readonly at: Date;
}

async function judge(
	trx: Trx,
	{ passkey, claimed, kind, owner, read, party, at }: Judging,
): Promise<PasskeyCause | undefined> {
	if (passkey.removedAt) return 'removed';
	if (claimed.kind !== kind || (owner && owner.id !== claimed.id)) return 'other_owner';
	const { userHandle } = read.response.response;
	const holder = await findHolder(trx, claimed);
	// A device that was asked for anybody's passkey tells whose it used; it must be the passkey's own.
	if (
		userHandle === undefined ? owner === null : !sameSecret(holder?.handle ?? '', Buffer.from(userHandle, 'base64url'))
	)
		return 'other_owner';
	const told = countOf(read);
	if (told !== undefined && counterWentBack(passkey.counter, told)) return 'counter';
	const use = await verify(passkey, read, party);
	if (!use) return 'not_verified';
	await saveUse(trx, { id: passkey.id, ...use, at });
	return undefined;
}

async function verify(
	passkey: PasskeyRow,
	{ response, challenge }: Judging['read'],
	party: RelyingParty,
): Promise<{ counter: number; isBackedUp: boolean } | undefined> {
	try {
		const { verified, authenticationInfo } = await verifyAuthenticationResponse({
			response,
			expectedChallenge: challenge.toString('base64url'),
			expectedOrigin: party.origin,
			expectedRPID: party.id,
			requireUserVerification: true,
			credential: {
				id: passkey.credentialId.toString('base64url'),
				publicKey: Uint8Array.from(passkey.publicKey),
				counter: passkey.counter,
			},
		});
		if (!verified) return undefined;
		return { counter: authenticationInfo.newCounter, isBackedUp: authenticationInfo.credentialBackedUp };
	} catch {
		// The library throws for everything that does not fit; none of it is a fault of ours.
		return undefined;
	}
}

function countOf({ response }: ReadAnswer<{ response: { authenticatorData: string } }>): number | undefined {
	try {
		return parseAuthenticatorData(isoBase64URL.toBuffer(response.response.authenticatorData)).counter;
	} catch {
		return undefined;
	}
}

function ownerOf({ cardholderId, staffId }: PasskeyRow): PasskeyOwner {
	return cardholderId === null ? { kind: 'staff', id: staffId ?? '' } : { kind: 'cardholder', id: cardholderId };
}
