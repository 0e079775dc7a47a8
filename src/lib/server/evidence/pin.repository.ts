import type { BudgetLine } from '#lib/domain/application/budget.ts';
import type { BudgetPin } from '#lib/domain/review/budget-page.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** The lines of an application's budget that are marked on pages which are still there. */
export async function listPins(db: DbOrTrx, applicationId: string): Promise<BudgetPin[]> {
	const rows = await db
		.selectFrom('evidence_pin as p')
		.innerJoin('evidence as e', 'e.id', 'p.evidence_id')
		.select(['p.line', 'p.evidence_id as evidenceId', 'p.page'])
		.where('p.application_id', '=', applicationId)
		.whereRef('e.application_id', '=', 'p.application_id')
		.where('e.removed_at', 'is', null)
		.orderBy('p.line')
		.execute();
	return rows as BudgetPin[];
}

/** Marks a line on a page, in the place of where it was marked before. */
export async function upsertPin(
	trx: Trx,
	{ applicationId, line, ...pin }: BudgetPin & { applicationId: string; staffId: string; at: Date },
): Promise<void> {
	const marked = { evidence_id: pin.evidenceId, page: pin.page, staff_id: pin.staffId, at: pin.at };
	await trx
		.insertInto('evidence_pin')
		.values({ application_id: applicationId, line, ...marked })
		.onConflict((conflict) => conflict.columns(['application_id', 'line']).doUpdateSet(marked))
		.execute();
}

/** Takes a line's mark off a page; false where it was not there. */
export async function deletePin(
	trx: Trx,
	{ applicationId, line, evidenceId }: { applicationId: string; line: BudgetLine; evidenceId: string },
): Promise<boolean> {
	const { numDeletedRows } = await trx
		.deleteFrom('evidence_pin')
		.where('application_id', '=', applicationId)
		.where('line', '=', line)
		.where('evidence_id', '=', evidenceId)
		.executeTakeFirst();
	return numDeletedRows > 0n;
}
