import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import type { Reason } from '#lib/domain/application/reason.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { listOptions } from '#lib/server/plan/list-options.ts';

/** A product that can be offered for an account, with the numbers that its cardholder would be shown first. */
export interface Offerable {
	readonly productCode: string;
	readonly productVersion: number;
	readonly names: Readonly<Record<string, string>>;
	readonly instalments: readonly number[];
	readonly deferralMonths: readonly number[];
	readonly first: { readonly instalments: number; readonly deferralMonths: number };
	/** The account's ordinary first due date. */
	readonly firstDueDate: Day;
}

/** What an agent can offer for an account today: the products of the cardholder's own page; none while it is being checked. */
export async function listOfferable(
	db: DbOrTrx,
	request: {
		owner: { cardholderId: string; accountId: string };
		today: Day;
		reason: Reason | null;
		evidence: readonly EvidenceKind[];
		surplus: Minor | null;
	},
): Promise<readonly Offerable[]> {
	const listed = await listOptions(db, { ...request, mostMonthly: null, picks: {} });
	if (!listed.ok) return [];
	return listed.options.map(({ product, choice }) => ({
		productCode: product.code,
		productVersion: product.version,
		names: product.names,
		instalments: product.instalments,
		deferralMonths: product.deferralMonths,
		first: choice,
		firstDueDate: listed.account.firstDueDate,
	}));
}
