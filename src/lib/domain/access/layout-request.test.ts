import { expect, test } from 'vitest';
import { asksForLayoutsAlone } from '#lib/domain/access/layout-request.ts';

const asked = (query: string) => asksForLayoutsAlone(`https://bank.example/desk/__data.json${query}`);

test('what asks for a layout and not for the page is told from going there', () => {
	expect(asked('?x-sveltekit-invalidated=0010')).toBe(true);
	expect(asked('?x-sveltekit-invalidated=0011')).toBe(false);
	expect(asked('?x-sveltekit-invalidated=0001')).toBe(false);
	expect(asked('')).toBe(false);
	expect(asked('?x-sveltekit-invalidated=x0')).toBe(false);
});
