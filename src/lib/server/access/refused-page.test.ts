import { expect, test } from 'vitest';
import { isForReading, refusedPage } from '#lib/server/access/refused-page.ts';

test('the refusal is in one language, without the advice for cardholders, and its style is the one that its policy names', async () => {
	const words = { language: 'en', bank: 'A Bank', title: 'Not open', text: 'Ask for the role.', back: 'Back' };
	const response = refusedPage({ ...words, home: '/support' });
	const body = await response.text();
	const nonce = /<style nonce="([^"]+)">/.exec(body)?.[1] ?? '';
	expect(response.status).toBe(403);
	expect(body).toContain('<html lang="en">');
	expect(body).toContain('<title>Not open</title>');
	expect(body).toContain('<a href="/support">Back</a>');
	expect(body.slice(body.indexOf('<body'))).not.toMatch(/\p{Script=Han}|your card/u);
	expect(body).not.toContain('sveltekit');
	expect(nonce).not.toBe('');
	expect(response.headers.get('content-security-policy')).toContain(`style-src 'nonce-${nonce}'`);
	expect(response.headers.has('retry-after')).toBe(false);
});

test('a script that asks is not answered with a page', () => {
	const ask = (headers: Record<string, string>) => new Request('http://desk/admin', { headers });
	expect(isForReading(ask({ accept: 'text/html,*/*' }), false)).toBe(true);
	expect(isForReading(ask({ accept: 'text/html,*/*' }), true)).toBe(false);
	expect(isForReading(ask({ accept: 'application/json', 'x-sveltekit-action': 'true' }), false)).toBe(false);
	expect(isForReading(ask({}), false)).toBe(false);
});
