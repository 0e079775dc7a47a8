import type { BudgetLine } from '#lib/domain/application/budget.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { markLine } from '#lib/server/evidence/mark-line.ts';
import { type HeldPage, holdPage, type PageRefusal } from '#lib/server/review/hold-page.ts';

interface Marking extends HeldPage {
	readonly line: BudgetLine;
	readonly page: number;
	/** False takes the mark off. */
	readonly isOn: boolean;
}

/** Marks a line of the budget on the page that shows it, so that whoever looks at the line finds the page. A line stands on one page. */
export async function pinPage(
	db: Db,
	{ line, isOn, ...held }: Marking,
): Promise<{ ok: true } | { ok: false; refusal: PageRefusal }> {
	return db.transaction().execute(async (trx) => {
		const holding = await holdPage(trx, held);
		if (!holding.ok) return holding;
		const by = { staffId: held.staffId, fence: held.fence };
		await markLine(trx, holding.page, { by, pin: { line, page: held.page }, isOn, at: holding.at });
		return { ok: true };
	});
}
