import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fieldsToKeep, mayKeepField, resumptionOf } from '#lib/domain/access/kept-form.ts';

const ROUTES = join(import.meta.dirname, '../../../routes');

/** The names of fields in our pages whose markup says that they hold a secret. */
function secretFields(): string[] {
	const pages = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.svelte'));
	return pages.flatMap((page) => {
		const fields = readFileSync(join(ROUTES, page), 'utf8').match(/<(TextField|input)\b[^>]*>/g) ?? [];
		const secret = fields.filter((field) => /one-time-code|current-password|new-password|type="password"/.test(field));
		return secret.map((field) => /name="([^"]+)"/.exec(field)?.[1] ?? field);
	});
}

test('no field that our own pages mark as a secret may be kept', () => {
	expect(secretFields()).toContain('code');
	expect(secretFields().filter(mayKeepField)).toEqual([]);
});

test('what a person writes is kept, in its order, and names of secrets in any spelling are not', () => {
	const fields = [
		['note', 'a'],
		['Code', '1'],
		['id-last4', '2'],
		['confirmation_code', '3'],
		['checked', 'identity'],
		['checked', 'income'],
	] as const;
	expect(fieldsToKeep(fields).map(([, value]) => value)).toEqual(['a', 'identity', 'income']);
});

test('a kept form goes to its own page alone', () => {
	expect(resumptionOf('/check', '')).toEqual({ action: '/check', fields: [], effect: 'sends' });
	expect(resumptionOf('/application', '?/decline').action).toBe('/application?/decline');
	expect(resumptionOf('//elsewhere.example', '').action).toBe('/');
});
