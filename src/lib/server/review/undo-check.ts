import type { Db } from '#lib/server/db/connect.ts';
import { takeBackCheck } from '#lib/server/evidence/judge-page.ts';
import { type HeldPage, holdPage, type PageRefusal } from '#lib/server/review/hold-page.ts';

/**
 * Takes back what was found on a page, while nothing followed: the page is still the same one, and there is no decision. Where
 * nothing was found there is nothing to do.
 */
export async function undoCheck(db: Db, held: HeldPage): Promise<{ ok: true } | { ok: false; refusal: PageRefusal }> {
	return db.transaction().execute(async (trx) => {
		const holding = await holdPage(trx, held);
		if (!holding.ok) return holding;
		await takeBackCheck(trx, holding.page, { staffId: held.staffId, fence: held.fence });
		return { ok: true };
	});
}
