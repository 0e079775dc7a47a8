import type { OwedParts } from '#lib/domain/agreement/agreement-facts.ts';
import type { Day } from '#lib/domain/day.ts';
import { type Currency, currencyOf, type Minor, parseAmount } from '#lib/domain/money.ts';
import type { Accrual, ProductKind, WaiverAt } from '#lib/domain/plan/product.ts';
import type { Quote } from '#lib/domain/plan/quote.ts';
import { type QuoteTerms, quoteTerms } from '#lib/domain/plan/quote-terms.ts';
import type { DeferralInterest, Method, ScheduleRow } from '#lib/domain/plan/schedule.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { selectQuote, type StoredQuote } from '#lib/server/plan/quote.repository.ts';
import { findProduct } from '#lib/server/plan/read-products.ts';

/** A plan's terms in minor units, as pages show them; rates are percentages as exact decimals ("7.38"). */
export interface PlanFigures {
	readonly productCode: string;
	readonly productVersion: number;
	readonly kind: ProductKind;
	readonly currency: string;
	readonly asOf: Day;
	/** What was owed that day, all told. */
	readonly totalOutstanding: Minor;
	/** The parts that it was made of. */
	readonly owed: OwedParts;
	readonly waived: { readonly lateFees: Minor; readonly interest: Minor; readonly at: WaiverAt };
	readonly accrual: Accrual;
	readonly validityDays: number;
	/** How many days a missed instalment can be made good. */
	readonly cureDays: number;
	/** The rate of a month as an exact decimal or fraction. */
	readonly periodicRate: string;
	readonly method: Method;
	readonly principal: Minor;
	readonly instalments: number;
	/** The ordinary one, before any deferral. */
	readonly firstDueDate: Day;
	readonly deferralMonths: number;
	readonly deferralInterest: DeferralInterest | null;
	readonly annualRateSimple: string;
	readonly annualRateEffective: string;
	readonly totalInterest: Minor;
	readonly totalPayable: Minor;
	readonly highestInstalment: Minor;
	readonly rows: readonly ScheduleRow[];
}

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

/** A quote just worked out, as pages show it. */
export function figuresOfQuote(quote: Quote): PlanFigures {
	return figuresOfTerms(quoteTerms(quote));
}

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
