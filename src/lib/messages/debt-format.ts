import type { Day } from '#lib/domain/day.ts';
import { currencyOf } from '#lib/domain/money.ts';
import type { Rate } from '#lib/domain/rate.ts';
import { dayShort } from '#lib/messages/format.ts';
import { dateFormat, type DateShape } from '#lib/messages/kept-intl.ts';
import * as plain from '#lib/messages/plain-format.ts';
import { explain_days } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { Locale } from '#lib/paraglide/runtime.js';

function dayIn(shape: DateShape, day: Day, locale: string): string {
	return dateFormat(plain.spokenTag(locale), shape).format(new Date(`${day}T00:00:00Z`));
}

/** A calendar month `YYYY-MM`: "November 2026", "2026年11月". */
export function monthText(month: string, locale: string = getLocale()): string {
	return dayIn('monthOfYear', `${month}-01`, locale);
}

/** A day where the year is plain: "27 Nov", "11月27日". */
export function dayOfMonth(day: Day, locale: string = getLocale()): string {
	return dayIn('dayOfMonth', day, locale);
}

/** Days from … to: "1 Nov – 30 Nov", with the year where it changes on the way; one day alone where both are it. */
export function daysText(from: Day, to: Day, locale: Locale = getLocale()): string {
	const sameYear = from.slice(0, 4) === to.slice(0, 4);
	const text = (day: Day) => (sameYear ? dayOfMonth(day, locale) : dayShort(day, locale));
	return from === to ? text(from) : explain_days({ from: text(from), to: text(to) }, { locale });
}

/** Days along an axis: months alone where all are firsts ("Nov"), with the year where another begins. */
export function axisDays(days: readonly Day[], locale: string = getLocale()): string[] {
	if (!days.every((day) => day.endsWith('-01'))) return days.map((day) => dayOfMonth(day, locale));
	// Where a month comes again, the first needs its year too.
	const isLong = new Set(days.map((day) => day.slice(5, 7))).size < days.length;
	return days.map((day, index) => {
		const before = days[index - 1];
		const isFirstOfYear = before === undefined ? isLong : before.slice(0, 4) !== day.slice(0, 4);
		return dayIn(isFirstOfYear ? 'shortMonthOfYear' : 'shortMonth', day, locale);
	});
}

/**
 * Amounts along an axis, in units of the currency: no more decimals than tell them apart, and shortened ("¥120K",
 * "12万") where they are long and stay apart.
 */
export function axisAmounts(amounts: readonly number[], currency: string, locale: string = getLocale()): string[] {
	const { digits } = currencyOf(currency);
	const money = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const;
	const written = (options: Intl.NumberFormatOptions) => {
		const format = new Intl.NumberFormat(locale, { ...money, minimumFractionDigits: 0, ...options });
		return amounts.map((amount) => format.format(amount));
	};
	const areApart = (texts: readonly string[]) => new Set(texts).size === texts.length;
	const short = written({ notation: 'compact', maximumFractionDigits: 1 });
	if (Math.max(...amounts) >= 100_000 && areApart(short)) return short;
	for (let decimals = 0; decimals < digits; decimals++) {
		const texts = written({ minimumFractionDigits: decimals, maximumFractionDigits: decimals });
		if (areApart(texts)) return texts;
	}
	return written({ minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A rate as a percentage, exact: "0.05%"; one that no decimal writes is rounded and says so. */
export function rateText(rate: Rate, locale: string = getLocale()): string {
	return plain.rateText(rate, locale);
}

/** "a, b and c". */
export function listText(items: readonly string[], locale: string = getLocale()): string {
	return plain.listText(items, locale);
}
