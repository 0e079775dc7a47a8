import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { networkOf } from '#lib/domain/access/network.ts';
import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { countInCrowd, nextAllowedInCrowd } from '#lib/server/access/crowd.ts';
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
		// Counted apart from the codes that are asked for: whoever uses passkeys takes nobody's code away.
		const address = { what: 'ask-address', of: `passkey ${networkOf(ip)}` } as const;
		if (await nextAllowedInCrowd(trx, { ...address, throttle })) return undefined;
		await countInCrowd(trx, address);
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
		const address = { what: 'failure-address', of: networkOf(ip) } as const;
		const until = await nextAllowedInCrowd(trx, { ...address, throttle });
		if (until) return { ok: false, refusal: 'too_many', until };
		const used = await usePasskey(trx, {
			kind: 'cardholder',
			owner: null,
			bound: { to: 'browser', secret: browser },
			answer,
		});
		await audit(trx, used);
		if (!used.ok) {
			await countInCrowd(trx, address);
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
