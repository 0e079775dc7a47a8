import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
	cwd: root,
	encoding: 'utf8',
})
	.split('\n')
	.filter(Boolean);

const TOP = [
	'src',
	'static',
	'migrations',
	'tests',
	'package.json',
	'package-lock.json',
	'tsconfig.json',
	'svelte.config.js',
	'vite.config.ts',
	'README.md',
];

test('the top level is what was asked for, besides dotfiles', () => {
	const top = new Set(files.map((file) => file.split('/')[0] ?? ''));
	expect([...top].filter((name) => !name.startsWith('.') && !TOP.includes(name))).toEqual([]);
});

test('no source lies deeper than five folders under src', () => {
	expect(files.filter((file) => file.startsWith('src/') && file.split('/').length > 2 + 5)).toEqual([]);
});

test('no file is named for being a drawer', () => {
	expect(files.filter((file) => /(^|\/)(utils?|helpers?|services?|index)\.(ts|js|svelte)$/.test(file))).toEqual([]);
});

test('every language has every word, in the same order and with the same parts', () => {
	const words = files.filter((file) => /^src\/lib\/messages\/[^/]*\.json$/.test(file));
	const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, unknown>;
	// What has plural forms may leave the count out where the form itself says it ("one page").
	const shapeOf = (words: Record<string, unknown>) => (key: string) =>
		typeof words[key] === 'string' ? [key, ...new Set(words[key].match(/\{\w+\}/g)?.sort())] : [key];
	const base = read('src/lib/messages/zh-CN.json');
	const others = words.filter((file) => !file.endsWith('/zh-CN.json'));
	for (const file of others) {
		const found = read(file);
		expect(Object.keys(found), file).toEqual(Object.keys(base));
		const both = Object.keys(base).filter((key) => typeof base[key] === typeof found[key]);
		expect(both.map(shapeOf(found)), file).toEqual(both.map(shapeOf(base)));
	}
	expect(others.length).toBeGreaterThan(0);
});

interface Node {
	type: string;
	data?: string;
	name?: string;
	value?: unknown;
	start: number;
}

/** Words of a reader's language that stand in the markup itself: text nodes and spoken attributes. */
function wordsInMarkup(source: string): string[] {
	const found: string[] = [];
	const spoken = ['title', 'alt', 'placeholder', 'aria-label', 'label'];
	const visit = (node: unknown, attribute?: string): void => {
		if (Array.isArray(node)) return node.forEach((child) => visit(child, attribute));
		if (typeof node !== 'object' || node === null) return;
		const { type, data, name } = node as Node;
		if (
			type === 'Text' &&
			/\p{Letter}{2}/u.test(data ?? '') &&
			(attribute === undefined || spoken.includes(attribute))
		) {
			found.push((data ?? '').trim());
		}
		for (const [key, child] of Object.entries(node)) {
			if (['css', 'instance', 'module', 'expression', 'metadata'].includes(key)) continue;
			visit(child, type === 'Attribute' ? name : attribute);
		}
	};
	visit(parse(source, { modern: true }).fragment);
	return found;
}

test('a planted word in markup is found', () => {
	expect(wordsInMarkup('<p class="debt">You owe</p>')).toEqual(['You owe']);
	expect(wordsInMarkup('<p aria-label="You owe">{m.debt_title()}</p>')).toEqual(['You owe']);
	expect(wordsInMarkup('<p class="debt">{m.debt_title()} · 2</p>')).toEqual([]);
});

test('no text stands in markup: words live in messages', () => {
	const found = files
		.filter((file) => file.startsWith('src/') && file.endsWith('.svelte'))
		.flatMap((file) => wordsInMarkup(readFileSync(join(root, file), 'utf8')).map((words) => `${file}: ${words}`));
	expect(found).toEqual([]);
});
