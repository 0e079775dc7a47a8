import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	drawCharacters,
	readCharacters,
	readStep,
	SCREEN_ALPHABET,
	SCREEN_STEPS,
	stepOfRoute,
} from '#lib/domain/access/screen.ts';

test('what is drawn reads back, however a caller says it and a keyboard types it', () => {
	fc.assert(
		fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
			const drawn = drawCharacters(bytes);
			const text = drawn.join('');
			expect(drawn).toHaveLength(4);
			for (const spelling of [text, text.toLowerCase(), drawn.join(' '), drawn.join('-'), ` ${drawn.join(', ')} `]) {
				expect(readCharacters(spelling)).toBe(text);
			}
		}),
	);
	expect(readCharacters('Ｋ７ｍ３')).toBe('K7M3');
});

test('no character looks like another, and nothing else is read', () => {
	for (const pair of ['0O', '1I', '1L', '5S', '2Z', '8B', '6G', 'UV', 'VW', 'MN', 'BD', 'OQ']) {
		const here = [...pair].filter((each) => (SCREEN_ALPHABET as readonly string[]).includes(each));
		expect([pair, here.length < 2]).toEqual([pair, true]);
	}
	for (const text of ['', 'K7M', 'K7M33', 'K7M0', '王7M3', "'; --"]) expect(readCharacters(text)).toBeUndefined();
});

test('a page is known by its kind alone', () => {
	expect(stepOfRoute('/sign-in/code')).toBe('code');
	expect(stepOfRoute('/sign-in')).toBe('sign_in');
	expect(stepOfRoute('/(cardholder)/debt/why')).toBe('debt');
	expect(stepOfRoute('/(cardholder)/documents')).toBe('documents');
	for (const other of ['/', '/offline', '/(staff)/support', null, undefined]) expect(stepOfRoute(other)).toBe('home');
	for (const step of SCREEN_STEPS) expect(readStep(step)).toBe(step);
	for (const text of [null, '', 'desk', '//bank.example', '__proto__']) expect(readStep(text)).toBe('home');
});
