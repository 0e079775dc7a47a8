import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import {
	counterWentBack,
	deviceOf,
	passkeyName,
	readPasskeyRules,
	refusesAnswer,
	relyingPartyId,
} from '#lib/domain/access/passkey.ts';

const AT = new Date('2026-11-23T02:00:00Z');

test('passkeys belong to a host by name, over https or on this machine', () => {
	expect(relyingPartyId('https://repay.harbour.example')).toBe('repay.harbour.example');
	expect(relyingPartyId('https://repay.harbour.example:8443')).toBe('repay.harbour.example');
	expect(relyingPartyId('http://localhost:3000')).toBe('localhost');
	for (const origin of [
		'http://127.0.0.1:3000',
		'https://127.0.0.1',
		'http://[::1]:3000',
		'http://repay.harbour.example',
	]) {
		expect(relyingPartyId(origin), origin).toBeUndefined();
	}
});

test('a count that does not go up is a copy’s, unless nothing is counted at all', () => {
	expect(counterWentBack(0, 0)).toBe(false);
	expect(counterWentBack(4, 5)).toBe(false);
	expect(counterWentBack(4, 4)).toBe(true);
	expect(counterWentBack(4, 0)).toBe(true);
	const count = fc.nat();
	fc.assert(fc.property(count, count, (a, b) => !counterWentBack(a, b) || !counterWentBack(b, a) || a === b));
});

test('a challenge takes one answer, before its end', () => {
	const expiresAt = new Date(AT.getTime() + 1);
	expect(refusesAnswer({ expiresAt, usedAt: null }, AT)).toBeUndefined();
	expect(refusesAnswer({ expiresAt: AT, usedAt: null }, AT)).toBe('challenge_over');
	expect(refusesAnswer({ expiresAt, usedAt: AT }, AT)).toBe('challenge_used');
});

test('a name is one line of 1 to 60 characters', () => {
	expect(passkeyName('  我的\n手机 ')).toBe('我的 手机');
	expect(passkeyName(' \t ')).toBeUndefined();
	expect(passkeyName('键'.repeat(60))).toBe('键'.repeat(60));
	expect(passkeyName('键'.repeat(61))).toBeUndefined();
});

test('rules that make no sense are no rules', () => {
	expect(readPasskeyRules({})).toEqual({ challengeMinutes: 5, most: 10 });
	expect(readPasskeyRules({ challengeMinutes: 2, most: 1 })).toEqual({ challengeMinutes: 2, most: 1 });
	for (const input of [{ challengeMinutes: 0 }, { challengeMinutes: 60 }, { most: 0 }, { most: '3' }]) {
		expect(readPasskeyRules(input)).toBeUndefined();
	}
});

test('a new passkey is named after the device that made it', () => {
	expect(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)')).toBe('iphone');
	expect(deviceOf('Mozilla/5.0 (Linux; Android 15; Pixel 9)')).toBe('android');
	expect(deviceOf('Mozilla/5.0 (Windows NT 10.0; Win64; x64)')).toBe('windows');
	expect(deviceOf('')).toBe('other');
});
