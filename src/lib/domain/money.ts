/**
 * An amount in minor units (fen, cents) as a safe integer. The currency stands once on the record that owns the
 * amounts (account, quote, agreement), never beside each number.
 */
export type Minor = number;

/** An ISO 4217 currency with its number of minor digits (CNY 2, JPY 0, KWD 3). */
export interface Currency {
	readonly code: string;
	readonly digits: number;
}

/** The currency behind an ISO 4217 code; its digits come from the runtime's own currency data. */
export function currencyOf(code: string): Currency {
	let known = currencies.get(code);
	if (!known) {
		const format = new Intl.NumberFormat('en', { style: 'currency', currency: code });
		known = { code, digits: format.resolvedOptions().maximumFractionDigits ?? 2 };
		currencies.set(code, known);
	}
	return known;
}
const currencies = new Map<string, Currency>();

/** The currency behind a code, undefined where the runtime's currency data knows none and so no number of digits. */
export function findCurrency(code: string): Currency | undefined {
	supported ??= new Set(Intl.supportedValuesOf('currency'));
	return supported.has(code) ? currencyOf(code) : undefined;
}
let supported: ReadonlySet<string> | undefined;

/** Reads "1234.56" with exactly the currency's digits; undefined for anything else, never through a float. */
export function parseAmount(text: string, currency: Currency): Minor | undefined {
	const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text);
	if (!match || (match[3] ?? '').length !== currency.digits) return undefined;
	const minor = Number(match.slice(1).join(''));
	if (!Number.isSafeInteger(minor)) return undefined;
	return minor === 0 ? 0 : minor;
}

/** Writes minor units as a decimal with exactly the currency's digits, for files and JSON: -50000 → "-500.00". */
export function formatAmount(amount: Minor, { digits }: Currency): string {
	// Most figures of a file are nought.
	if (amount === 0) return NOUGHTS[digits] ?? (0).toFixed(digits);
	if (digits === 0) return String(amount);
	const size = Math.abs(amount);
	const unit = 10 ** digits;
	const minor = size % unit;
	const fraction = String(minor + unit).slice(1);
	return `${amount < 0 ? '-' : ''}${String((size - minor) / unit)}.${fraction}`;
}

const NOUGHTS = ['0', '0.0', '0.00', '0.000', '0.0000'];

/** Splits into `parts` that sum to the whole exactly; the leftover minor units go to the earliest. */
export function split(whole: Minor, parts: number): Minor[] {
	const share = Math.trunc(whole / parts);
	const leftover = whole - share * parts;
	const unit = Math.sign(leftover);
	return Array.from({ length: parts }, (_, index) => share + (index < Math.abs(leftover) ? unit : 0));
}
