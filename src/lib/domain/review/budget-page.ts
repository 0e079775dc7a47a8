import type { BudgetLine } from '#lib/domain/application/budget.ts';
import type { EvidenceKind } from '#lib/domain/application/evidence.ts';

/** A place in the evidence: a document, and its sheet counted from nought. */
export interface PagePlace {
	readonly evidenceId: string;
	readonly page: number;
}

/** A line of the budget as an agent has marked it on a page. */
export interface BudgetPin extends PagePlace {
	readonly line: BudgetLine;
}

/** The kinds of evidence on which a line can be looked up, the likeliest first; a line without any is found nowhere by itself. */
const SHOWN_ON: Readonly<Partial<Record<BudgetLine, readonly EvidenceKind[]>>> = {
	wages: ['payslip', 'bank_statement', 'tax_record', 'pay_cut_notice'],
	household_income: ['bank_statement', 'payslip', 'tax_record'],
	benefits: ['low_income_certificate', 'unemployment_registration', 'bank_statement'],
	other_income: ['bank_statement', 'tax_record'],
	housing: ['bank_statement'],
	health: ['medical_record', 'hospital_certificate'],
	other_debts: ['bank_statement'],
};

/** A page that can be looked at. */
export interface LookablePage {
	readonly id: string;
	readonly kind: EvidenceKind;
	readonly pageCount: number;
}

/**
 * Where a line of the budget is shown: the page that an agent marked, else the first page of a kind on which it may stand.
 * Undefined where there is none among these.
 */
export function pageShowing(
	line: BudgetLine,
	{ pages, pins }: { readonly pages: readonly LookablePage[]; readonly pins: readonly BudgetPin[] },
): (PagePlace & { readonly isMarked: boolean }) | undefined {
	const pin = pins.find((each) => each.line === line);
	if (pin && pages.some(({ id, pageCount }) => id === pin.evidenceId && pin.page < pageCount)) {
		return { evidenceId: pin.evidenceId, page: pin.page, isMarked: true };
	}
	for (const kind of SHOWN_ON[line] ?? []) {
		const page = pages.find((each) => each.kind === kind);
		if (page) return { evidenceId: page.id, page: 0, isMarked: false };
	}
	return undefined;
}
