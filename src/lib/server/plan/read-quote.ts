import { type Currency, currencyOf, type Minor, parseAmount } from '#lib/domain/money.ts';
import type { PlanFigures } from '#lib/domain/plan/plan-figures.ts';
import type { QuoteTerms } from '#lib/domain/plan/quote-terms.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { selectQuote, type StoredQuote } from '#lib/server/plan/quote.repository.ts';
import { findProduct } from '#lib/server/plan/read-products.ts';

export type { PlanFigures } from '#lib/domain/plan/plan-figures.ts';

/** A quote of an application with the product's names by locale. */
export interface ReadQuote {
	readonly id: string;
	readonly number: number;
	readonly createdAt: Date;
	readonly expiresAt: Date;
	/** SHA-256 over the canonical terms, in hex. */
	readonly termsHash: string;
	readonly names: Readonly<Record<string, string>>;
	/** The account's newest posting when the quote was made; 0 for none. */
	readonly postingMark: number;
	readonly plan: PlanFigures;
}

/** The quote that an application holds; another application's is not found. */
export async function findQuote(
	db: DbOrTrx,
	of: { quoteId: string | null; applicationId: string },
): Promise<ReadQuote | undefined> {
	const stored = of.quoteId === null ? undefined : await selectQuote(db, { ...of, quoteId: of.quoteId });
	return stored && readQuote(db, stored);
}

/** A stored quote as pages show it. */
export async function readQuote(db: DbOrTrx, stored: StoredQuote): Promise<ReadQuote> {
	const product = await findProduct(db, stored.productCode, stored.productVersion);
	const { id, number, createdAt, expiresAt } = stored;
	return {
		id,
		number,
		createdAt,
		expiresAt,
		termsHash: stored.termsHash.toString('hex'),
		names: product?.names ?? {},
		postingMark: stored.postingMark,
		plan: figuresOfTerms(stored.terms),
	};
}

/** Terms as they were kept, in minor units again. */
function figuresOfTerms(terms: QuoteTerms): PlanFigures {
	const currency = currencyOf(terms.currency);
	const read = (text: string) => amountOf(text, currency);
	const rows = terms.rows.map((row) => ({
		number: row.number,
		dueDate: row.dueDate,
		principal: read(row.principal),
		interest: read(row.interest),
		total: read(row.total),
		balanceAfter: read(row.balanceAfter),
	}));
	const { lateFees, interest, at } = terms.waived;
	return {
		productCode: terms.product.code,
		productVersion: terms.product.version,
		kind: terms.product.kind,
		currency: terms.currency,
		asOf: terms.asOf,
		totalOutstanding: read(terms.owed.totalOutstanding),
		owed: {
			principal: read(terms.owed.principal),
			billedInterest: read(terms.owed.billedInterest),
			unbilledInterest: read(terms.owed.unbilledInterest),
			billedFees: read(terms.owed.billedFees),
			unbilledLateFees: read(terms.owed.unbilledLateFees),
			credit: read(terms.owed.credit),
			totalOutstanding: read(terms.owed.totalOutstanding),
		},
		waived: { lateFees: read(lateFees), interest: read(interest), at },
		accrual: terms.accrual,
		validityDays: terms.validityDays,
		cureDays: terms.cureDays,
		periodicRate: terms.periodicRate,
		method: terms.method,
		principal: read(terms.principal),
		instalments: terms.instalments,
		firstDueDate: terms.firstDueDate,
		deferralMonths: terms.deferralMonths,
		deferralInterest: terms.deferralInterest,
		annualRateSimple: terms.annualRateSimple,
		annualRateEffective: terms.annualRateEffective,
		totalInterest: read(terms.totalInterest),
		totalPayable: read(terms.totalPayable),
		highestInstalment: Math.max(...rows.map(({ total }) => total)),
		rows,
	};
}

/** Terms were written by us and hashed; an amount in them that cannot be read means that they are not ours. */
function amountOf(text: string, currency: Currency): Minor {
	const amount = parseAmount(text, currency);
	if (amount === undefined) throw new Error('a stored quote holds what is no amount');
	return amount;
}
