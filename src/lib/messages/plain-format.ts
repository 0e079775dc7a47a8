import type { Day } from '#lib/domain/day.ts';
import { currencyOf, type Minor } from '#lib/domain/money.ts';
import { formatRate } from '#lib/domain/plan/rate-text.ts';
import type { Rate } from '#lib/domain/rate.ts';
import { dateFormat, type DateShape, keptFormat } from '#lib/messages/kept-intl.ts';

/*
 * Figures and days in a language that the caller names: what is written apart from a page (a paper, a letter) takes them from here,
 * and nothing here needs the compiled words.
 */

/** An amount taken apart for typesetting: the minor units are drawn smaller. */
export interface AmountParts {
	readonly sign: string;
	readonly whole: string;
	readonly minor: string;
}

const moneyFormats = new Map<string, Intl.NumberFormat>();

function moneyFormat(currency: string, locale: string): Intl.NumberFormat {
	const options = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const;
	return keptFormat(moneyFormats, `${locale} ${currency}`, () => new Intl.NumberFormat(locale, options));
}

/** Minor units as the text Intl reads exactly: no float stands between. */
function decimalOf(amount: Minor, currency: string): Intl.StringNumericLiteral {
	return `${String(amount)}E-${String(currencyOf(currency).digits)}` as Intl.StringNumericLiteral;
}

/** "¥12,482" and ".17" with their sign; `signed` puts a plus before what is added. */
export function amountParts(amount: Minor, currency: string, signed: boolean, locale: string): AmountParts {
	const parts = moneyFormat(currency, locale).formatToParts(decimalOf(Math.abs(amount), currency));
	const pick = (...types: string[]) =>
		parts
			.filter((part) => types.includes(part.type))
			.map((part) => part.value)
			.join('');
	const minus = amount < 0 ? '−' : signed ? '+' : '';
	// A currency without a sign of its own stands apart from the number, by the literal between them: "KWD 84.500".
	return {
		sign: minus + pick('currency', 'literal'),
		whole: pick('integer', 'group'),
		minor: pick('decimal', 'fraction'),
	};
}

/** "¥12,482.17", for a sentence. */
export function amountText(amount: Minor, currency: string, locale: string): string {
	const { sign, whole, minor } = amountParts(amount, currency, false, locale);
	return `${sign}${whole}${minor}`;
}

/** The sign of a currency as it stands before an amount: "¥". */
export function currencySign(currency: string, locale: string): string {
	return (
		moneyFormat(currency, locale)
			.formatToParts(0)
			.find((part) => part.type === 'currency')?.value ?? currency
	);
}

/** The tag by which Intl writes a language: English days are written as in Britain, day before month; others are their own. */
export function spokenTag(locale: string): string {
	return locale === 'en' ? 'en-GB' : locale;
}

const listFormats = new Map<string, Intl.ListFormat>();

/** "a, b and c". */
export function listText(items: readonly string[], locale: string): string {
	const make = () => new Intl.ListFormat(spokenTag(locale), { type: 'conjunction' });
	return keptFormat(listFormats, locale, make).format(items);
}

function dayIn(shape: DateShape, day: Day, locale: string): string {
	return dateFormat(spokenTag(locale), shape).format(new Date(`${day}T00:00:00Z`));
}

/** A day as a person says it: "Fri 27 November 2026", "2026年11月27日周五". */
export function dayText(day: Day, locale: string): string {
	return dayIn('spoken', day, locale).replace(',', '');
}

/** A day in a document: "27 November 2026", "2026年11月27日". */
export function dayLong(day: Day, locale: string): string {
	return dayIn('long', day, locale);
}

/** A day in a table: "27 Nov 2026", "2026/11/27". */
export function dayShort(day: Day, locale: string): string {
	return dayIn(locale === 'en' ? 'short' : 'figures', day, locale);
}

/** A near day in a narrow place: "27 Nov", "11月27日". */
export function dayNear(day: Day, locale: string): string {
	return dayFormat(day, { day: 'numeric', month: 'short' }, locale);
}

/** An instant in the reader's or the bank's zone: "21 Nov 2026, 20:15". */
export function instantText(instant: Date, timeZone: string, locale: string): string {
	return dateFormat(spokenTag(locale), 'instant', timeZone).format(instant);
}

/** The time of day in a zone: "14:32". */
export function clockTime(instant: Date, timeZone: string, locale: string): string {
	return dateFormat(spokenTag(locale), 'time', timeZone).format(instant);
}

const percentFormats = new Map<string, Intl.NumberFormat>();

/** A percentage given as an exact decimal: "7.38" → "7.38%". */
export function percentText(percent: string, locale: string): string {
	const digits = percent.split('.')[1]?.length ?? 0;
	const options = { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
	const format = keptFormat(
		percentFormats,
		`${locale} ${String(digits)}`,
		() => new Intl.NumberFormat(locale, options),
	);
	return format.format(`${percent}E-2` as Intl.StringNumericLiteral);
}

/** A rate as a percentage, exact: "0.05%"; one that no decimal writes is rounded and says so. */
export function rateText({ numerator, denominator }: Rate, locale: string): string {
	const percent = formatRate({ numerator: numerator * 100, denominator });
	if (!percent.includes('/')) return percentText(percent, locale);
	return `≈ ${percentText(((numerator / denominator) * 100).toFixed(4), locale)}`;
}
