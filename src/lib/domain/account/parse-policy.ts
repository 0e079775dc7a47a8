import { ALLOCATION_KINDS } from '#lib/domain/account/policy.ts';
import type { AllocationKind, Policy } from '#lib/domain/account/policy.ts';
import { parseAmount } from '#lib/domain/money.ts';
import type { Currency, Minor } from '#lib/domain/money.ts';
import { parseRate } from '#lib/domain/rate.ts';
import type { Rate } from '#lib/domain/rate.ts';

/** What is wrong with a policy file, by the field's path ("latePaymentFee.rate"). */
export interface PolicyProblem {
	readonly field: string;
	readonly problem:
		'missing' | 'not_text' | 'not_a_rate' | 'not_an_amount' | 'not_a_choice' | 'not_a_count' | 'other_currency';
}

export type ParsedPolicy =
	{ readonly ok: true; readonly policy: Policy } | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/** The share of principal in a minimum payment where a policy names none. [domain: Looking ahead] */
const USUAL_MINIMUM_RATE = '0.1';

/**
 * Reads a policy from plain JSON with the keys of `policies.json`, its amounts in the currency of the accounts under
 * it; keys that it does not know are left alone. Every problem is named, not only the first.
 */
export function parsePolicy(json: unknown, currency: Currency): ParsedPolicy {
	const read = new Reader(json, '');
	const fee = read.object('latePaymentFee');
	const allocation = read.object('allocation');
	const policy: Policy = {
		code: read.text('code'),
		dailyInterestRate: read.rate('dailyInterestRate'),
		interestBase: read.choice('interestBase', ['full_statement', 'unpaid_part']),
		statementDayIncluded: read.choice('statementDayIncluded', [false, true]),
		paymentDayAtOldBalance: read.choice('paymentDayAtOldBalance', [false, true]),
		compoundInterest: read.choice('compoundInterest', [false, true]),
		graceDays: read.count('graceDays'),
		shortfallTolerance: read.amount('shortfallTolerance', currency),
		latePaymentFee: {
			rate: fee.rate('rate'),
			minimum: fee.amount('minimum', currency),
			maximumPerPeriod: fee.at('maximumPerPeriod') === null ? null : fee.amount('maximumPerPeriod', currency),
		},
		allocation: { upTo90Days: allocation.order('upTo90Days'), over90Days: allocation.order('over90Days') },
		minimumPaymentRate: read.rate('minimumPaymentRate', USUAL_MINIMUM_RATE),
	};
	const problems = [...read.problems, ...fee.problems, ...allocation.problems];
	if (read.at('currency') !== undefined && read.at('currency') !== currency.code) {
		problems.push({ field: 'currency', problem: 'other_currency' });
	}
	return problems.length === 0 ? { ok: true, policy } : { ok: false, problems };
}

/** Reads fields of one JSON object and remembers what was wrong; a wrong field yields a stand-in that is never used. */
class Reader {
	readonly problems: PolicyProblem[] = [];
	readonly #fields: Readonly<Record<string, unknown>>;
	readonly #path: string;

	constructor(json: unknown, path: string) {
		this.#fields = typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : {};
		this.#path = path;
	}

	at(key: string): unknown {
		return this.#fields[key];
	}

	object(key: string): Reader {
		return new Reader(this.at(key), `${key}.`);
	}

	text(key: string): string {
		const value = this.at(key);
		return typeof value === 'string' && value !== '' ? value : this.#wrong(key, 'not_text', '');
	}

	rate(key: string, usual?: string): Rate {
		const value = this.at(key) ?? usual;
		const rate = typeof value === 'string' ? parseRate(value) : undefined;
		return rate ?? this.#wrong(key, 'not_a_rate', { numerator: 0, denominator: 1 });
	}

	amount(key: string, currency: Currency): Minor {
		const value = this.at(key);
		const amount = typeof value === 'string' ? policyAmount(value, currency) : undefined;
		return amount ?? this.#wrong(key, 'not_an_amount', 0);
	}

	count(key: string): number {
		const value = this.at(key);
		return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 366
			? value
			: this.#wrong(key, 'not_a_count', 0);
	}

	choice<const T>(key: string, choices: readonly [T, ...T[]]): T {
		const value = this.at(key);
		return choices.find((choice) => choice === value) ?? this.#wrong(key, 'not_a_choice', choices[0]);
	}

	order(key: string): readonly AllocationKind[] {
		const value: unknown = this.at(key);
		const kinds = Array.isArray(value) ? ALLOCATION_KINDS.filter((kind) => value.includes(kind)) : [];
		if (!Array.isArray(value) || value.length !== 3 || kinds.length !== 3)
			return this.#wrong(key, 'not_a_choice', kinds);
		return value as AllocationKind[];
	}

	#wrong<T>(key: string, problem: PolicyProblem['problem'], standIn: T): T {
		this.problems.push({ field: this.#path + key, problem: this.at(key) === undefined ? 'missing' : problem });
		return standIn;
	}
}

/** A policy's "10.00" is ten units whatever the currency's digits, as long as nothing of it is lost: JPY takes it, and KWD. */
function policyAmount(text: string, currency: Currency): Minor | undefined {
	const [whole = '', decimals = ''] = text.split('.');
	const fraction = decimals.replace(/0+$/, '').padEnd(currency.digits, '0');
	if (!/^\d+(\.\d+)?$/.test(text)) return undefined;
	return parseAmount(fraction === '' ? whole : `${whole}.${fraction}`, currency);
}
