import type { BudgetPin } from '#lib/domain/review/budget-page.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import { auditJudge, type CasePage, type Judge } from '#lib/server/evidence/judge-page.ts';
import { deletePin, listPins, upsertPin } from '#lib/server/evidence/pin.repository.ts';

/** The lines of a budget that are marked on pages of its application. Whose it is, the caller has asked before. */
export async function listMarkedLines(db: DbOrTrx, applicationId: string): Promise<BudgetPin[]> {
	return listPins(db, applicationId);
}

/** Marks a line of the budget on a page, or takes its mark off. */
export async function markLine(
	trx: Trx,
	page: CasePage,
	{ by, pin, isOn, at }: { by: Judge; pin: Omit<BudgetPin, 'evidenceId'>; isOn: boolean; at: Date },
): Promise<void> {
	const { id: evidenceId, applicationId } = page;
	const { line, page: sheet } = pin;
	if (isOn) await upsertPin(trx, { applicationId, line, page: sheet, evidenceId, staffId: by.staffId, at });
	else if (!(await deletePin(trx, { applicationId, line, evidenceId }))) return;
	const action = isOn ? 'evidence.line_marked' : 'evidence.line_unmarked';
	await auditJudge(trx, page, { by, action, detail: { line, ...(isOn && { page: sheet }) } });
}
