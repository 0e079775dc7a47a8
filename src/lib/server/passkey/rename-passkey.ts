import { passkeyName } from '#lib/domain/access/passkey.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db } from '#lib/server/db/connect.ts';
import type { PasskeyOwner } from '#lib/server/passkey/owner.ts';
import { saveName } from '#lib/server/passkey/passkey.repository.ts';

/** Gives one of somebody's own passkeys another name. */
export async function renamePasskey(
	db: Db,
	{ owner, passkeyId, name: typed }: { owner: PasskeyOwner; passkeyId: string; name: string },
): Promise<{ ok: true } | { ok: false; refusal: 'name_wrong' | 'not_found' }> {
	const name = passkeyName(typed);
	if (name === undefined) return { ok: false, refusal: 'name_wrong' };
	return db.transaction().execute(async (trx) => {
		if (!(await saveName(trx, { id: passkeyId, owner, name }))) return { ok: false, refusal: 'not_found' };
		await appendAudit(trx, {
			actor: owner,
			action: 'passkey.renamed',
			subjectKind: 'passkey',
			subjectId: passkeyId,
			cardholderId: owner.kind === 'cardholder' ? owner.id : null,
		});
		return { ok: true };
	});
}
