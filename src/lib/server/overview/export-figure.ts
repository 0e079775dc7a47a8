import type { DayRange } from '#lib/domain/overview/day-range.ts';
import type { FigureName, Figures } from '#lib/domain/overview/figure.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { readFigure } from '#lib/server/overview/read-figures.ts';

/** A figure that leaves the portal as a file: who took which days of it is written down before it goes. */
export async function exportFigure<Name extends FigureName>(
	db: Db,
	{ name, range, staffId }: { name: Name; range: DayRange; staffId: string },
): Promise<Figures[Name]> {
	await db.transaction().execute((trx) =>
		appendAudit(trx, {
			actor: { kind: 'staff', id: staffId },
			action: 'overview.exported',
			subjectKind: 'overview',
			subjectId: name,
			detail: { from: range.from, to: range.to },
		}),
	);
	return readFigure(db, name, range);
}
