import { relyingPartyId } from '#lib/domain/access/passkey.ts';
import { env } from '#lib/server/env.ts';

/** The site as authenticators and their answers name it. */
export interface RelyingParty {
	readonly id: string;
	readonly origin: string;
	readonly name: string;
}

/** The site; undefined where browsers take no passkeys for its origin, as on an address in figures. */
export function relyingParty(): RelyingParty | undefined {
	const { origin, bankName: name } = env();
	const id = relyingPartyId(origin);
	return id === undefined ? undefined : { id, origin: new URL(origin).origin, name };
}

/**
 * The signatures that are taken, as COSE numbers them: EdDSA, ES256, RS256. Named rather than left to the library, which
 * would add what this version of Node only tries out.
 */
export const SIGNATURES = [-8, -7, -257];
