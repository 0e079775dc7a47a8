import { InvalidArgumentError } from 'commander';
import { type Day, isDay } from '#lib/domain/day.ts';

/** A day as it was typed; anything else is wrong usage. */
export function typedDay(text: string): Day {
	if (!isDay(text)) throw new InvalidArgumentError('It is not a day YYYY-MM-DD.');
	return text;
}
