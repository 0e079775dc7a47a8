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

test('every language has every word', () => {
	const words = files.filter((file) => /^src\/lib\/messages\/[^/]*\.json$/.test(file));
	const keys = (file: string) => Object.keys(JSON.parse(readFileSync(join(root, file), 'utf8')) as object).sort();
	for (const file of words.filter((name) => name.endsWith('zh-CN.json'))) {
		expect(keys(file.replace('zh-CN', 'en')), file).toEqual(keys(file));
	}
	expect(words.length).toBeGreaterThan(1);
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
