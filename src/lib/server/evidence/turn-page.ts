import { turnedRight } from '#lib/domain/application/evidence-item.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { arrangePage, type ArrangeRefusal, type Arranging } from '#lib/server/evidence/arrange-page.ts';
import { saveArrangement } from '#lib/server/evidence/checklist.repository.ts';

/** Turns a page of the owner's draft a quarter to the right; its bytes stay as they are. */
export async function turnPage(
	db: Db,
	page: Arranging,
): Promise<{ ok: true } | { ok: false; refusal: ArrangeRefusal }> {
	return arrangePage(db, page, 'turn', async (trx, { id, turns }) => {
		const turned = turnedRight(turns);
		await saveArrangement(trx, id, { turns: turned });
		return { action: 'evidence.turned', detail: { turns: turned } };
	});
}
