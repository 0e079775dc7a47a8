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
export function parseAmount(text: string, { digits }: Currency): Minor | undefined {
	const first = text.charCodeAt(0) === MINUS ? 1 : 0;
	const wholeDigits = text.length - first - (digits === 0 ? 0 : digits + 1);
	if (wholeDigits < 1 || wholeDigits > 15) return undefined;
	const point = digits === 0 ? -1 : first + wholeDigits;
	if (point !== -1 && text.charCodeAt(point) !== POINT) return undefined;
	let minor = 0;
	// Character by character: an import reads millions, and a pattern would cost several times as much.
	for (let index = first; index < text.length; index++) {
		if (index === point) continue;
		const digit = text.charCodeAt(index) - NOUGHT;
		if (digit < 0 || digit > 9) return undefined;
		minor = minor * 10 + digit;
	}
	// A sum beyond the safe integers grows no smaller again, however it was rounded on the way.
	if (!Number.isSafeInteger(minor)) return undefined;
	return first === 1 && minor !== 0 ? -minor : minor;
}

const [MINUS, POINT, NOUGHT] = [45, 46, 48];

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
