import { expect, test } from 'vitest';
import { isLinkAlive, isLinkToken, linkExpiry } from '#lib/domain/access/link.ts';

const at = new Date('2026-11-21T08:00:00Z');

test('a link lives 72 hours, to the second', () => {
	const expiresAt = linkExpiry({ linkHours: 72, resendsPerDay: 3 }, at);
	expect(expiresAt).toEqual(new Date('2026-11-24T08:00:00Z'));
	expect(isLinkAlive({ expiresAt, revokedAt: null }, new Date('2026-11-24T07:59:59Z'))).toBe(true);
	expect(isLinkAlive({ expiresAt, revokedAt: null }, expiresAt)).toBe(false);
});

test('a link that a newer one replaced is dead', () => {
	expect(isLinkAlive({ expiresAt: new Date('2026-11-24T08:00:00Z'), revokedAt: at }, at)).toBe(false);
});

test('a link token is 22 characters of base64url', () => {
	expect(isLinkToken('b4XgAHQUwD50cwyNySTkKw')).toBe(true);
	for (const text of ['', 'b4XgAHQUwD50cwyNySTkK', 'b4XgAHQUwD50cwyNySTkKw=', 'b4XgAHQUwD50cwyNySTkK/']) {
		expect(isLinkToken(text)).toBe(false);
	}
});
