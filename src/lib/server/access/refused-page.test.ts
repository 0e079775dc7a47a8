import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isForReading, refusedPage } from '#lib/server/access/refused-page.ts';

const frame = readFileSync(new URL('../../../error.html', import.meta.url), 'utf8');
const styleOf = (page: string) => /<style>[\s\S]*<\/style>/.exec(page)?.[0];

test('the refusal is in one language, without the advice for cardholders, and in the style that the policy names', async () => {
	const words = { language: 'en', title: 'Not open', text: 'Ask for the role.', back: 'Back', home: '/support' };
	const response = refusedPage(frame, words);
	const body = await response.text();
	expect(response.status).toBe(403);
	expect(body).toContain('<html lang="en">');
	expect(body).toContain('<title>Not open</title>');
	expect(body).toContain('<a href="/support">Back</a>');
	expect(body.slice(body.indexOf('<body'))).not.toMatch(/\p{Script=Han}|your card/u);
	expect(body).not.toContain('sveltekit');
	expect(styleOf(body)).toBe(styleOf(frame));
});

test('a script that asks is not answered with a page', () => {
	const ask = (headers: Record<string, string>) => new Request('http://desk/admin', { headers });
	expect(isForReading(ask({ accept: 'text/html,*/*' }), false)).toBe(true);
	expect(isForReading(ask({ accept: 'text/html,*/*' }), true)).toBe(false);
	expect(isForReading(ask({ accept: 'application/json', 'x-sveltekit-action': 'true' }), false)).toBe(false);
	expect(isForReading(ask({}), false)).toBe(false);
});
