import type { EvidenceRefusal } from '#lib/domain/application/evidence-limits.ts';
import type { Owner } from '#lib/server/application/draft.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { displayName } from '#lib/server/evidence/display-name.ts';
import { lockTaking, type PageAsked, type PageRefusal, refusesSize } from '#lib/server/evidence/record-page.ts';
import { insertUpload, selectUploadBegun, sumUploads, type Upload } from '#lib/server/evidence/upload.repository.ts';

/** What an upload that has stood still for so long does not count towards the limits any more. */
const ON_THE_WAY_MS = 86_400_000;

interface Request extends PageAsked {
	/** Made by the sender when the file was chosen. */
	readonly clientId: string;
	readonly fileName: string;
	readonly byteSize: number;
}

/**
 * Begins the upload of one page in pieces, or finds it where the same file was begun before. What can be refused before a byte was
 * sent is refused here.
 */
export async function beginUpload(
	db: Db,
	{ owner, asked, at }: { owner: Owner; asked: Request; at: Date },
): Promise<{ ok: true; upload: Upload } | { ok: false; refusal: PageRefusal | EvidenceRefusal }> {
	return db.transaction().execute(async (trx) => {
		const begun = await selectUploadBegun(trx, owner, asked.clientId);
		if (begun) return { ok: true, upload: begun };
		const locked = await lockTaking(trx, owner, asked);
		if (!locked.ok) return locked;
		const { application, kind, held } = locked.taking;
		const { byteSize, clientId, replacesId, consented, fileName } = asked;
		const onTheWay = await sumUploads(trx, application.id, new Date(at.getTime() - ON_THE_WAY_MS));
		const refusal = refusesSize(byteSize, held, { replacesId, onTheWay });
		if (refusal) return { ok: false, refusal };
		const upload = await insertUpload(trx, {
			applicationId: application.id,
			cardholderId: owner.cardholderId,
			clientId,
			kind,
			fileName: displayName(fileName),
			byteSize,
			contentType: null,
			replacesId,
			consented,
			at,
		});
		return { ok: true, upload };
	});
}
