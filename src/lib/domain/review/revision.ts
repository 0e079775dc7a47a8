import { BUDGET_LINES, type Budget, type BudgetLine } from '#lib/domain/application/budget.ts';
import type { Reason } from '#lib/domain/application/reason.ts';
import type { Minor } from '#lib/domain/money.ts';

/** What of an application an agent compares between two versions of it. */
export interface Version {
	readonly reason: Reason | null;
	readonly circumstances: string;
	readonly budget: Budget;
	/** The chosen plan; null where none was. */
	readonly plan: VersionPlan | null;
	readonly wantsOffer: boolean;
}

/** The plan of a version, as far as one picks it. */
export interface VersionPlan {
	readonly productCode: string;
	readonly instalments: number;
	readonly deferralMonths: number;
}

/** One thing that differs; null where there was, or is, nothing. */
export type VersionChange =
	| { readonly what: 'reason'; readonly before: Reason | null; readonly after: Reason | null }
	| { readonly what: 'circumstances'; readonly before: string }
	| {
			readonly what: 'budget';
			readonly line: BudgetLine;
			readonly before: Minor | null;
			readonly after: Minor | null;
	  }
	| {
			readonly what: 'plan';
			readonly before: VersionPlan | 'offer' | null;
			readonly after: VersionPlan | 'offer' | null;
	  };

/** What differs between two versions of an application, in the order in which one reads it. */
export function changesOf(before: Version, after: Version): readonly VersionChange[] {
	const changes: VersionChange[] = [];
	if (before.reason !== after.reason) changes.push({ what: 'reason', before: before.reason, after: after.reason });
	if (before.circumstances !== after.circumstances) {
		changes.push({ what: 'circumstances', before: before.circumstances });
	}
	for (const line of BUDGET_LINES) {
		const [was, is] = [before.budget[line] ?? null, after.budget[line] ?? null];
		if (was !== is) changes.push({ what: 'budget', line, before: was, after: is });
	}
	const [had, has] = [askedFor(before), askedFor(after)];
	if (keyOf(had) !== keyOf(has)) changes.push({ what: 'plan', before: had, after: has });
	return changes;
}

function askedFor({ plan, wantsOffer }: Version): VersionPlan | 'offer' | null {
	return plan ?? (wantsOffer ? 'offer' : null);
}

function keyOf(asked: VersionPlan | 'offer' | null): string {
	if (asked === null || asked === 'offer') return String(asked);
	return `${asked.productCode}/${String(asked.instalments)}/${String(asked.deferralMonths)}`;
}
