import { beforeAll, expect, test } from 'vitest';
import { open, openText, seal } from '#lib/server/crypto/seal.ts';
import { rereadEnv } from '#lib/server/env.ts';

beforeAll(() => {
	process.env.SECRET_KEY = 'a secret of a test, long enough to be one';
	rereadEnv();
});

test('what was sealed opens again under the same purpose and context', () => {
	expect(openText('totp', seal('totp', '密钥 ABC', 'staff 1'), 'staff 1')).toBe('密钥 ABC');
});

test('two seals of one text differ, so that equal secrets cannot be told in the database', () => {
	expect(seal('totp', 'ABC').equals(seal('totp', 'ABC'))).toBe(false);
});

test('a seal opens at no other place, for no other purpose, and not after any change', () => {
	const sealed = seal('totp', 'ABC', 'staff 1');
	expect(() => open('totp', sealed, 'staff 2')).toThrow();
	expect(() => open('evidence', sealed, 'staff 1')).toThrow();
	for (let at = 0; at < sealed.length; at++) {
		const changed = Buffer.from(sealed);
		changed[at] = (changed[at] ?? 0) ^ 1;
		expect(() => open('totp', changed, 'staff 1')).toThrow();
	}
	expect(() => open('totp', sealed.subarray(0, 20), 'staff 1')).toThrow();
});
