import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ACTIONS, whoMay } from '#lib/domain/access/permission.ts';
import { ASKED_BY_SYSTEM, ROUTES } from '#lib/domain/access/route-permission.ts';
import { listEntries } from '../support/routes.ts';

const listed = Object.entries(ROUTES).flatMap(([route, entries]) => Object.keys(entries).map((by) => `${route} ${by}`));

test('every way in that a file opens stands in the table of routes, and no other does', () => {
	const found = listEntries().map(({ route, by }) => `${route} ${by}`);
	expect(
		found.filter((entry) => !listed.includes(entry)),
		'missing in route-permission.ts: they are refused until they stand there',
	).toEqual([]);
	expect(listed.filter((entry) => !found.includes(entry))).toEqual([]);
});

test('every deed is done somewhere, and somebody may do it', () => {
	const done = new Set(Object.values(ROUTES).flatMap((entries) => Object.values(entries)));
	// The area's own deed opens what all of the staff share.
	expect(ACTIONS.filter((action) => !done.has(action) && action !== 'staff_area.read')).toEqual([]);
	for (const action of ACTIONS) expect(whoMay(action), action).not.toEqual([]);
});

test('cardholders’ pages are for cardholders alone, and staff’s for staff alone', () => {
	for (const [route, entries] of Object.entries(ROUTES)) {
		for (const action of Object.values(entries)) {
			const who = whoMay(action);
			if (route.startsWith('/(cardholder)')) expect(who, route).toEqual(['cardholder']);
			if (route.startsWith('/(staff)')) expect(who, route).not.toContain('cardholder');
			if (route.startsWith('/(')) expect(who, route).not.toContain('visitor');
		}
	}
	expect(ASKED_BY_SYSTEM.filter((route) => !Object.hasOwn(ROUTES, route) || route.startsWith('/('))).toEqual([]);
});

test('what a file exports is found: pages, methods and actions', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'portal-routes-'));
	await mkdir(join(folder, '(x)/new'), { recursive: true });
	await writeFile(join(folder, '(x)/new/+page.svelte'), '');
	await writeFile(
		join(folder, '(x)/new/+page.server.ts'),
		'export const load = () => 1;\nexport const actions = { default: () => 1, async undo() {}, gone } satisfies X;\n',
	);
	await writeFile(join(folder, '+server.ts'), 'export const GET = () => 1;\nexport async function DELETE() {}\n');
	expect(listEntries(folder).map(({ route, by }) => `${route} ${by}`)).toEqual([
		'/(x)/new ?default',
		'/(x)/new ?undo',
		'/(x)/new ?gone',
		'/(x)/new GET',
		'/ GET',
		'/ DELETE',
	]);
	await writeFile(join(folder, '+server.ts'), "export { GET } from './elsewhere.ts';\n");
	expect(() => listEntries(folder)).toThrow('not followed');
	await rm(folder, { recursive: true });
});
