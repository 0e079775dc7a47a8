import { expect, test } from 'vitest';
import type { RuleFinding } from '#lib/domain/plan/product-rules.ts';
import { exceptionProblem, exceptionsTo } from './exception.ts';

const late: RuleFinding = { rule: 'days_past_due', from: 60, to: null, has: 15, met: false };
const enough: RuleFinding = { rule: 'instalments', oneOf: [6, 12], has: 12, met: true };
const withdrawn: RuleFinding = { rule: 'on_offer', version: 1, offered: null, met: false };

test('an exception is every rule that is not met, but for the version that is on offer', () => {
	expect(exceptionsTo([withdrawn, late, enough])).toEqual([late]);
});

test('an exception needs its reason in the note, and nothing else does', () => {
	expect(exceptionProblem([late], ' \n ')).toBe('exception_reason_needed');
	expect(exceptionProblem([late], 'Two months of sick pay.')).toBeUndefined();
	expect(exceptionProblem([], '')).toBeUndefined();
});
