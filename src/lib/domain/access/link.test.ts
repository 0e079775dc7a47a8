import { expect, test } from 'vitest';
import { linkExpiry, linkState } from '#lib/domain/access/link.ts';

const made = new Date('2026-05-20T02:00:00Z');
const link = { expiresAt: linkExpiry(made), revokedAt: null };

test('a link opens for 72 hours and not one moment longer', () => {
	expect(linkState(link, made)).toBe('alive');
	expect(linkState(link, new Date('2026-05-23T01:59:59.999Z'))).toBe('alive');
	expect(linkState(link, new Date('2026-05-23T02:00:00Z'))).toBe('expired');
});

test('a link that a newer one replaced is dead at once', () => {
	expect(linkState({ ...link, revokedAt: made }, made)).toBe('revoked');
	expect(linkState({ ...link, revokedAt: made }, new Date('2027-01-01T00:00:00Z'))).toBe('revoked');
});

test('a link that was never made is unknown', () => {
	expect(linkState(undefined, made)).toBe('unknown');
});
