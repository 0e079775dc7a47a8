import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import type { PasskeyOwner } from '#lib/server/passkey/owner.ts';
import { listPasskeysOf, saveRemoved } from '#lib/server/passkey/passkey.repository.ts';

/** Removes one of a cardholder's own passkeys: from now on it signs nobody in. The code by SMS remains. */
export async function removePasskey(
	db: Db,
	{ cardholderId, passkeyId }: { cardholderId: string; passkeyId: string },
): Promise<{ ok: true } | { ok: false; refusal: 'not_found' }> {
	const owner = { kind: 'cardholder', id: cardholderId } as const;
	return db.transaction().execute((trx) => removePasskeyIn(trx, { owner, passkeyId }));
}

/** The same inside a transaction, for whoever has looked at what is left. */
export async function removePasskeyIn(
	trx: Trx,
	{ owner, passkeyId }: { owner: PasskeyOwner; passkeyId: string },
): Promise<{ ok: true } | { ok: false; refusal: 'not_found' }> {
	if (!(await saveRemoved(trx, { id: passkeyId, owner, at: now() }))) return { ok: false, refusal: 'not_found' };
	await appendAudit(trx, {
		actor: owner,
		action: 'passkey.removed',
		subjectKind: 'passkey',
		subjectId: passkeyId,
		cardholderId: owner.kind === 'cardholder' ? owner.id : null,
	});
	return { ok: true };
}

/** Removes every passkey that somebody had before, but for the one that they have just added. */
export async function removeOtherPasskeys(
	trx: Trx,
	{ owner, keep }: { owner: PasskeyOwner; keep: string | null },
): Promise<void> {
	for (const { id } of await listPasskeysOf(trx, owner)) {
		if (id !== keep) await removePasskeyIn(trx, { owner, passkeyId: id });
	}
}
