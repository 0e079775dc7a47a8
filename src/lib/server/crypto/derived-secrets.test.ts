import { beforeAll, expect, test } from 'vitest';
import { deriveKey } from '#lib/server/crypto/derive-key.ts';
import { linkToken, linkTokenHash } from '#lib/server/crypto/link-token.ts';
import { randomSeed, randomToken } from '#lib/server/crypto/random-token.ts';
import { sameSecret } from '#lib/server/crypto/same-secret.ts';
import { signInCode } from '#lib/server/crypto/sign-in-code.ts';
import { rereadEnv } from '#lib/server/env.ts';

function useSecret(secret: string) {
	process.env.SECRET_KEY = secret;
	rereadEnv();
}

beforeAll(() => useSecret('a secret of a test, long enough to be one'));

test('a key differs by purpose and by secret, and there is none without a secret', () => {
	const key = deriveKey('access-link');
	expect(key).toHaveLength(32);
	expect(deriveKey('access-link')).toEqual(key);
	expect(deriveKey('sign-in-code')).not.toEqual(key);
	useSecret('another secret of a test, long enough too');
	expect(deriveKey('access-link')).not.toEqual(key);
	useSecret('');
	expect(() => deriveKey('access-link')).toThrow(/SECRET_KEY/);
	useSecret('a secret of a test, long enough to be one');
});

test('a link token has 128 bits, comes again from its seed, and is not its own hash', () => {
	const seed = randomSeed();
	const token = linkToken(seed);
	expect(token).toMatch(/^[A-Za-z0-9_-]{22}$/);
	expect(linkToken(seed)).toBe(token);
	expect(linkToken(randomSeed())).not.toBe(token);
	expect(linkTokenHash(token)).toHaveLength(32);
});

test('a code has six digits, comes again from its challenge, and changes with each sending', () => {
	const challenge = { challengeId: 'c1', seed: randomSeed(), sends: 1 };
	expect(signInCode(challenge)).toMatch(/^\d{6}$/);
	expect(signInCode(challenge)).toBe(signInCode({ ...challenge }));
	const codes = new Set(Array.from({ length: 50 }, (_, sends) => signInCode({ ...challenge, sends })));
	expect(codes.size).toBeGreaterThan(45);
	expect(signInCode({ ...challenge, challengeId: 'c2', sends: 1 })).not.toBe(signInCode(challenge));
});

test('secrets compare equal only where they are', () => {
	expect(sameSecret('123456', '123456')).toBe(true);
	expect(sameSecret('123456', '123457')).toBe(false);
	expect(sameSecret('', '123456')).toBe(false);
});

test('a random token holds 256 bits unless told otherwise, and never fewer than 128', () => {
	expect(randomToken()).toMatch(/^[A-Za-z0-9_-]{43}$/);
	expect(() => randomToken(8)).toThrow();
});
