import type { AgreementStatus } from '#lib/domain/agreement/agreement-status.ts';
import { standing } from '#lib/domain/agreement/standing.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import { type Agreement, selectAgreementsOf } from '#lib/server/agreement/agreement.repository.ts';
import { selectEvents } from '#lib/server/agreement/keeping.repository.ts';
import { getSignedPlan } from '#lib/server/agreement/standing-plan.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findQuote } from '#lib/server/plan/read-quote.ts';

/** An agreement in a line: what became of it, and how much of it was paid. */
export interface AgreementInShort {
	readonly reference: string;
	readonly applicationId: string;
	readonly cardLast4: string;
	readonly currency: string;
	readonly status: AgreementStatus;
	readonly offeredAt: Date;
	/** Null where it never was. */
	readonly signedAt: Date | null;
	readonly endedAt: Date | null;
	readonly instalments: number;
	/** Paid towards its instalments, of all that they come to; of a plan that has ended, as of its end. */
	readonly paid: Minor;
	readonly total: Minor;
	/** Instalments that are past their day and unpaid; of a lapsed plan, those that it lapsed over. */
	readonly missed: number;
}

/** The newest agreements of a person, on whichever account; so many. */
export async function listAgreementsOf(
	db: DbOrTrx,
	{ cardholderId, today, most }: { cardholderId: string; today: Day; most: number },
): Promise<AgreementInShort[]> {
	const agreements = await selectAgreementsOf(db, cardholderId, most);
	const shorts: AgreementInShort[] = [];
	for (const agreement of agreements) shorts.push({ ...inShort(agreement), ...(await kept(db, agreement, today)) });
	return shorts;
}

function inShort(agreement: Agreement & { readonly cardLast4: string }) {
	const { reference, applicationId, cardLast4, status, offeredAt, signedAt, endedAt } = agreement;
	return { reference, applicationId, cardLast4, status, offeredAt, signedAt, endedAt };
}

async function kept(db: DbOrTrx, agreement: Agreement, today: Day) {
	const { id, signedAt } = agreement;
	if (!signedAt) {
		const quote = await findQuote(db, agreement);
		if (!quote) throw new Error('an agreement without its quote');
		const { currency, instalments, totalPayable: total } = quote.plan;
		return { currency, instalments, paid: 0, total, missed: 0 };
	}
	const { quote, plan, payments } = await getSignedPlan(db, { ...agreement, signedAt });
	const ended = (await selectEvents(db, id)).find(({ kind }) => ENDS.has(kind));
	const { totalPaid, totalLeft, instalments } = standing(plan, payments, ended?.occurredOn ?? today);
	return {
		currency: quote.plan.currency,
		instalments: instalments.length,
		paid: totalPaid,
		total: totalPaid + totalLeft,
		missed: instalments.filter(({ state }) => state === 'missed').length,
	};
}

const ENDS: ReadonlySet<string> = new Set(['lapsed', 'completed', 'settled_early']);
