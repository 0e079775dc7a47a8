import { isDay } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';
import { parseAmount } from '#lib/domain/money.ts';
import type { Currency, Minor } from '#lib/domain/money.ts';
import { parseRate } from '#lib/domain/rate.ts';
import type { Rate } from '#lib/domain/rate.ts';

/** What can be wrong with one field of plain JSON. */
export type FieldProblem =
	| 'missing'
	| 'unknown_field'
	| 'not_a_record'
	| 'not_a_list'
	| 'not_text'
	| 'not_a_whole_number'
	| 'not_an_amount'
	| 'not_a_rate'
	| 'not_a_day'
	| 'not_one_of'
	| 'out_of_range'
	| 'repeated'
	| 'contradiction';

/** A named problem: the field's path, as in "waivers.at" or "instalments[2]", and what is wrong with it. */
export interface Problem {
	readonly field: string;
	readonly problem: FieldProblem;
}

type Read<T> = (value: unknown, field: string) => T | undefined;

/**
 * Reads plain JSON field by field and collects every problem, so that a mistake is named once and all are named
 * together. A reader returns undefined where it noted a problem; the caller uses the values only when none was noted.
 */
export class Fields {
	readonly problems: Problem[] = [];

	note(field: string, problem: FieldProblem): undefined {
		this.problems.push({ field, problem });
	}

	/** The value as a record; with `keys`, one that has no others. */
	record(value: unknown, field: string, keys?: readonly string[]): Record<string, unknown> {
		if (value === undefined) this.note(field, 'missing');
		else if (!isRecord(value)) this.note(field, 'not_a_record');
		else {
			for (const key of Object.keys(value))
				if (keys?.includes(key) === false) this.note(within(field, key), 'unknown_field');
			return value;
		}
		return {};
	}

	text: Read<string> = (value, field) => {
		if (value === undefined) return this.note(field, 'missing');
		return typeof value === 'string' && value.trim() !== '' ? value : this.note(field, 'not_text');
	};

	wholeNumber(value: unknown, field: string, from: number, to: number): number | undefined {
		if (value === undefined) return this.note(field, 'missing');
		if (typeof value !== 'number' || !Number.isSafeInteger(value)) return this.note(field, 'not_a_whole_number');
		return value >= from && value <= to ? value : this.note(field, 'out_of_range');
	}

	oneOf<T extends string>(value: unknown, field: string, choices: readonly T[]): T | undefined {
		if (value === undefined) return this.note(field, 'missing');
		return choices.find((choice) => choice === value) ?? this.note(field, 'not_one_of');
	}

	/** A short code: text of exactly this shape. */
	shaped(value: unknown, field: string, pattern: RegExp): string | undefined {
		const text = this.text(value, field);
		return text === undefined || pattern.test(text) ? text : this.note(field, 'not_one_of');
	}

	/** A decimal with exactly the currency's digits, at least nought. */
	amount(value: unknown, field: string, currency: Currency): Minor | undefined {
		if (value === undefined) return this.note(field, 'missing');
		const amount = typeof value === 'string' ? parseAmount(value, currency) : undefined;
		return amount !== undefined && amount >= 0 ? amount : this.note(field, 'not_an_amount');
	}

	rate: Read<Rate> = (value, field) => {
		if (value === undefined) return this.note(field, 'missing');
		return (typeof value === 'string' ? parseRate(value) : undefined) ?? this.note(field, 'not_a_rate');
	};

	day: Read<Day> = (value, field) => {
		if (value === undefined) return this.note(field, 'missing');
		return typeof value === 'string' && isDay(value) ? value : this.note(field, 'not_a_day');
	};

	/** A list whose items are read one by one and must differ. */
	list<T>(value: unknown, field: string, item: Read<T>): T[] {
		if (value === undefined) this.note(field, 'missing');
		else if (!Array.isArray(value)) this.note(field, 'not_a_list');
		else {
			const read = value.map((entry, index) => item(entry, `${field}[${String(index)}]`));
			if (new Set(value).size < value.length) this.note(field, 'repeated');
			return read.filter((entry) => entry !== undefined);
		}
		return [];
	}
}

/** Null, and what is absent, mean "no such bound"; anything else is read. */
export function orNull<T>(value: unknown, read: (value: unknown) => T | undefined): T | null | undefined {
	return value === null || value === undefined ? null : read(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function within(field: string, key: string): string {
	return field === '' ? key : `${field}.${key}`;
}
