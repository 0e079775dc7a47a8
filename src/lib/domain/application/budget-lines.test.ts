import { expect, test } from 'vitest';
import { currencyOf } from '#lib/domain/money.ts';
import { readLines } from './budget-lines.ts';

test('a line that cannot be read keeps none of the others out of the sums', () => {
	const lines = readLines({ wages: '９000', housing: 'abc', food: '9'.repeat(12), health: ' ' }, currencyOf('CNY'));
	expect(lines).toEqual({
		budget: { wages: 900_000 },
		problems: { housing: 'not_an_amount', food: 'too_large' },
	});
});
