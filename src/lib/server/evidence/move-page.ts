import { reordered } from '#lib/domain/application/evidence-item.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { arrangePage, type ArrangeRefusal, type Arranging } from '#lib/server/evidence/arrange-page.ts';
import { saveArrangement } from '#lib/server/evidence/checklist.repository.ts';

/** Moves a page of the owner's draft before or after the next of its kind; where there is none, nothing happens. */
export async function movePage(
	db: Db,
	{ way, ...page }: Arranging & { readonly way: 'earlier' | 'later' },
): Promise<{ ok: true } | { ok: false; refusal: ArrangeRefusal }> {
	return arrangePage(db, page, 'move', async (trx, { id }, all) => {
		const order = reordered(all, id, way);
		if (order === all) return undefined;
		for (const [index, each] of order.entries()) {
			const position = index + 1;
			if (each.position !== position) await saveArrangement(trx, each.id, { position });
		}
		return { action: 'evidence.moved', detail: { way } };
	});
}
