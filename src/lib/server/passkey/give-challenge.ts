import { randomBytes } from 'node:crypto';
import {
	generateAuthenticationOptions,
	generateRegistrationOptions,
	type PublicKeyCredentialCreationOptionsJSON,
	type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { now } from '#lib/server/clock.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { type ChallengePurpose, insertChallenge } from '#lib/server/passkey/challenge.repository.ts';
import { type Bound, boundHash, type PasskeyOwner } from '#lib/server/passkey/owner.ts';
import { getPasskeyRules } from '#lib/server/passkey/passkey-rules.ts';
import { ensureHolder, listPasskeysOf } from '#lib/server/passkey/passkey.repository.ts';
import { type RelyingParty, SIGNATURES } from '#lib/server/passkey/relying-party.ts';

const MINUTE_MS = 60_000;

/**
 * What a browser needs to make a new passkey for somebody: kept on the device, so that signing in asks for no name, and
 * opened by finger, face or screen lock. `label` is what the device shows beside the bank's name; the owner's id is not told.
 */
export async function giveRegistration(
	trx: Trx,
	{ party, owner, bound, label }: { party: RelyingParty; owner: PasskeyOwner; bound: Bound; label: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
	const { challenge, timeout } = await give(trx, { purpose: 'register', kind: owner.kind, ownerId: owner.id, bound });
	const { handle } = await ensureHolder(trx, owner);
	return generateRegistrationOptions({
		rpName: party.name,
		rpID: party.id,
		userName: label,
		userDisplayName: label,
		userID: Uint8Array.from(handle),
		challenge,
		timeout,
		attestationType: 'none',
		supportedAlgorithmIDs: SIGNATURES,
		excludeCredentials: await credentialsOf(trx, owner),
		authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
		// Some authenticators give secrets only for a passkey that was made for it (browser/debt-copy).
		extensions: { prf: {} } as object,
	});
}

/** What a browser needs to ask for a passkey: anybody's for signing in (`owner` null), somebody's own for confirming. */
export async function giveAssertion(
	trx: Trx,
	asked: { party: RelyingParty; kind: PasskeyOwner['kind']; owner: PasskeyOwner | null; bound: Bound },
): Promise<PublicKeyCredentialRequestOptionsJSON> {
	const { party, kind, owner, bound } = asked;
	const purpose = owner ? 'confirm' : 'sign_in';
	const { challenge, timeout } = await give(trx, { purpose, kind, ownerId: owner?.id ?? null, bound });
	const allowCredentials = owner ? await credentialsOf(trx, owner) : [];
	return generateAuthenticationOptions({
		rpID: party.id,
		challenge,
		timeout,
		allowCredentials,
		userVerification: 'required',
	});
}

async function give(
	trx: Trx,
	given: { purpose: ChallengePurpose; kind: PasskeyOwner['kind']; ownerId: string | null; bound: Bound },
): Promise<{ challenge: Uint8Array<ArrayBuffer>; timeout: number }> {
	const { purpose, kind, ownerId, bound } = given;
	const { challengeMinutes } = await getPasskeyRules(trx);
	const timeout = challengeMinutes * MINUTE_MS;
	const challenge = randomBytes(32);
	const createdAt = now();
	const expiresAt = new Date(createdAt.getTime() + timeout);
	await insertChallenge(trx, {
		purpose,
		kind,
		ownerId,
		boundHash: boundHash(bound),
		challenge,
		createdAt,
		expiresAt,
	});
	return { challenge: Uint8Array.from(challenge), timeout };
}

async function credentialsOf(trx: Trx, owner: PasskeyOwner) {
	const passkeys = await listPasskeysOf(trx, owner);
	return passkeys.map(({ credentialId, transports }) => ({ id: credentialId.toString('base64url'), transports }));
}
