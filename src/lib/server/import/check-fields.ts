import { type Day, isDay } from '#lib/domain/day.ts';
import { type Currency, type Minor, parseAmount } from '#lib/domain/money.ts';

/** Whether the text can be an id: 1 to 100 characters, none of them a control character. Ids are opaque. */
export function isId(text: string | undefined): text is string {
	// eslint-disable-next-line no-control-regex -- they are what is refused
	return text !== undefined && /^[^\u0000-\u001f\u007f]{1,100}$/.test(text);
}

/** `isDay`, remembered: a file of millions of rows names a few thousand days. */
export function isFileDay(text: string | undefined): text is Day {
	if (text === undefined) return false;
	if (days.has(text)) return true;
	if (!isDay(text)) return false;
	days.add(text);
	return true;
}
const days = new Set<string>();

/** An amount as it stands in a file, before its currency is known: minor units at the decimals that it was written with. */
export interface FileAmount {
	readonly minor: Minor;
	readonly digits: number;
}

/** Reads "1234.56" or "-5" as so many minor units with so many digits; undefined for anything else, or beyond a safe integer. */
export function fileAmount(text: string | undefined): FileAmount | undefined {
	if (text === undefined) return undefined;
	const dot = text.indexOf('.');
	const digits = dot === -1 ? 0 : text.length - dot - 1;
	const currency = BY_DIGITS[digits];
	const minor = currency && parseAmount(text, currency);
	return minor === undefined ? undefined : { minor, digits };
}

/** No currency has more than four digits; which one it is does not matter for reading. */
const BY_DIGITS: readonly Currency[] = [0, 1, 2, 3, 4].map((digits) => ({ code: 'XXX', digits }));

/** A field as COPY's text format takes it. */
export function copyText(text: string): string {
	if (!/[\\\t\n\r]/.test(text)) return text;
	return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}
