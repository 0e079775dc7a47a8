import { expect, test } from 'vitest';
import { quoteExpiry, quoteStatus } from '#lib/domain/plan/quote-status.ts';

const quotedAt = new Date('2026-05-20T02:00:00Z');
const quote = { expiresAt: quoteExpiry(quotedAt, 7), postingMark: 41 };

test('a quote stands until its very end', () => {
	expect(quoteStatus(quote, quotedAt, 41)).toBe('valid');
	expect(quoteStatus(quote, new Date('2026-05-27T01:59:59.999Z'), 41)).toBe('valid');
	expect(quoteStatus(quote, new Date('2026-05-27T02:00:00Z'), 41)).toBe('quote_expired');
});

test('anything posted since makes the figures old', () => {
	expect(quoteStatus(quote, quotedAt, 42)).toBe('figures_changed');
});

test('a quote both old and overtaken is named as expired', () => {
	expect(quoteStatus(quote, new Date('2026-06-01T00:00:00Z'), 42)).toBe('quote_expired');
});
