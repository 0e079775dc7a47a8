import { type RegistrationResponseJSON, verifyRegistrationResponse } from '@simplewebauthn/server';
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import { refusesAnswer } from '#lib/domain/access/passkey.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { queueMessage } from '#lib/server/message/queue-message.ts';
import { lockChallenge, saveChallengeUsed } from '#lib/server/passkey/challenge.repository.ts';
import { type Bound, boundHash, type PasskeyOwner } from '#lib/server/passkey/owner.ts';
import { getPasskeyRules } from '#lib/server/passkey/passkey-rules.ts';
import { ensureHolder, insertPasskey, listPasskeysOf } from '#lib/server/passkey/passkey.repository.ts';
import { readRegistration } from '#lib/server/passkey/read-answer.ts';
import { type RelyingParty, relyingParty, SIGNATURES } from '#lib/server/passkey/relying-party.ts';

/** A new passkey as a browser sent it. */
export interface PasskeyToAdd {
	readonly owner: PasskeyOwner;
	readonly bound: Bound;
	/** The browser's answer, as JSON. */
	readonly answer: string;
	/** As `passkeyName` made it. */
	readonly name: string;
}

export type AddPasskeyOutcome =
	| { readonly ok: true; readonly passkeyId: string }
	| {
			readonly ok: false;
			/** `not_taken`: the answer is none to a challenge of theirs, or too late; asking anew mends it. */
			readonly refusal: 'not_taken' | 'already_added' | 'too_many';
	  };

/**
 * Adds a passkey where the answer fits a challenge that was given to this very session or link, for this very person. The
 * challenge is used up either way, so the transaction is to be kept where it is refused. A cardholder is told by SMS.
 */
export async function addPasskey(trx: Trx, { owner, bound, answer, name }: PasskeyToAdd): Promise<AddPasskeyOutcome> {
	const at = now();
	const party = relyingParty();
	const read = readRegistration(answer);
	if (!party || !read) return { ok: false, refusal: 'not_taken' };
	const key = {
		purpose: 'register',
		kind: owner.kind,
		boundHash: boundHash(bound),
		challenge: read.challenge,
	} as const;
	const challenge = await lockChallenge(trx, key);
	if (challenge?.ownerId !== owner.id || refusesAnswer(challenge, at)) return { ok: false, refusal: 'not_taken' };
	await saveChallengeUsed(trx, { id: challenge.id, at });
	const made = await verify(read.response, read.challenge, party);
	if (!made) return { ok: false, refusal: 'not_taken' };
	// Locked, so that nobody goes over the most by adding several at once.
	await ensureHolder(trx, owner);
	const { most } = await getPasskeyRules(trx);
	if ((await listPasskeysOf(trx, owner)).length >= most) return { ok: false, refusal: 'too_many' };
	const passkeyId = await insertPasskey(trx, { owner, ...made, name, at });
	if (passkeyId === undefined) return { ok: false, refusal: 'already_added' };
	await tell(trx, owner, passkeyId);
	return { ok: true, passkeyId };
}

async function tell(trx: Trx, owner: PasskeyOwner, passkeyId: string): Promise<void> {
	const cardholderId = owner.kind === 'cardholder' ? owner.id : null;
	await appendAudit(trx, {
		actor: owner,
		action: 'passkey.added',
		subjectKind: 'passkey',
		subjectId: passkeyId,
		cardholderId,
		detail: { kind: owner.kind },
	});
	if (cardholderId === null) return;
	const dedupeKey = `passkey:${passkeyId}`;
	await queueMessage(trx, { cardholderId, template: 'sign_in_key_added', dedupeKey });
}

async function verify(response: RegistrationResponseJSON, challenge: Buffer, party: RelyingParty) {
	try {
		if (!isPlain(response)) return undefined;
		const { verified, registrationInfo } = await verifyRegistrationResponse({
			response,
			expectedChallenge: challenge.toString('base64url'),
			expectedOrigin: party.origin,
			expectedRPID: party.id,
			requireUserVerification: true,
			supportedAlgorithmIDs: SIGNATURES,
		});
		if (!verified) return undefined;
		const { credential, credentialDeviceType: deviceType, credentialBackedUp: isBackedUp } = registrationInfo;
		return {
			credentialId: Buffer.from(credential.id, 'base64url'),
			publicKey: Buffer.from(credential.publicKey),
			counter: credential.counter,
			transports: response.response.transports ?? [],
			deviceType,
			isBackedUp,
		};
	} catch {
		// The library throws for everything that does not fit; none of it is a fault of ours.
		return undefined;
	}
}

/**
 * Whether the answer names no maker. None is asked for, so browsers send none; one that carries certificates would have us
 * fetch the lists that they point to.
 */
function isPlain({ response }: RegistrationResponseJSON): boolean {
	return decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject)).get('fmt') === 'none';
}
