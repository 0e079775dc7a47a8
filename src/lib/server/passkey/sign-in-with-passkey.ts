import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { countUnlessTooMany, hashForLimits, nextAllowed } from '#lib/server/access/throttle.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { giveAssertion } from '#lib/server/passkey/give-challenge.ts';
import { relyingParty } from '#lib/server/passkey/relying-party.ts';
import { usePasskey, type UsePasskeyOutcome } from '#lib/server/passkey/use-passkey.ts';
import { createCardholderSession } from '#lib/server/session/start-session.ts';

/** What a browser needs to ask for a passkey; undefined where there are none here, or too many were asked for. */
export async function askForPasskey(
	db: Db,
	{ kind, browser, ip }: { kind: 'cardholder' | 'staff'; browser: string; ip: string },
): Promise<PublicKeyCredentialRequestOptionsJSON | undefined> {
	const party = relyingParty();
	if (!party) return undefined;
	return db.transaction().execute(async (trx) => {
		const { asksPerAddress: throttle } = await getAccessRules(trx);
		const of = hashForLimits(`passkey ${ip}`);
		if (await countUnlessTooMany(trx, { what: 'ask-address', of, throttle })) return undefined;
		return giveAssertion(trx, { party, kind, owner: null, bound: { to: 'browser', secret: browser } });
	});
}

export type PasskeySignInOutcome =
	| { readonly ok: true; readonly token: string }
	| { readonly ok: false; readonly refusal: 'not_taken' }
	| { readonly ok: false; readonly refusal: 'too_many'; readonly until: Date };

/**
 * Opens a cardholder's session by a passkey of theirs, whatever link their browser came by: it opens their own things and
 * no other's. Why an answer was not taken is not told.
 */
export async function signInWithPasskey(
	db: Db,
	{ browser, answer, ip }: { browser: string; answer: string; ip: string },
): Promise<PasskeySignInOutcome> {
	return db.transaction().execute(async (trx) => {
		const { failuresPerAddress: throttle } = await getAccessRules(trx);
		const address = { what: 'failure-address', of: hashForLimits(ip), throttle } as const;
		const until = await nextAllowed(trx, address);
		if (until) return { ok: false, refusal: 'too_many', until };
		const used = await usePasskey(trx, {
			kind: 'cardholder',
			owner: null,
			bound: { to: 'browser', secret: browser },
			answer,
		});
		await audit(trx, used);
		if (!used.ok) {
			await countUnlessTooMany(trx, address);
			return { ok: false, refusal: 'not_taken' };
		}
		const { token } = await createCardholderSession(trx, { cardholderId: used.owner.id, accountId: null });
		return { ok: true, token };
	});
}

async function audit(trx: Trx, used: UsePasskeyOutcome): Promise<void> {
	const owner = used.ok ? used.owner : used.passkey?.owner;
	const cardholderId = owner?.kind === 'cardholder' ? owner.id : null;
	await appendAudit(trx, {
		actor: used.ok ? used.owner : { kind: 'visitor', id: null },
		action: used.ok ? 'sign_in.succeeded' : 'sign_in.failed',
		subjectKind: 'passkey',
		subjectId: (used.ok ? used.passkeyId : used.passkey?.id) ?? 'unknown',
		cardholderId,
		detail: used.ok ? { via: 'passkey' } : { via: 'passkey', wrong: used.cause },
	});
}
