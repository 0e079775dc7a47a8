import { expect, test } from 'vitest';
import type { Paper, PaperBlock } from '#lib/domain/agreement/paper.ts';
import { paperChanges } from '#lib/domain/agreement/paper-changes.ts';

const paper = (...blocks: PaperBlock[]): Paper => ({
	format: 'paper-1',
	locale: 'en',
	title: 'Agreement',
	issuer: 'Bank',
	reference: 'G-1',
	blocks,
});
const table = (...rows: string[][]): PaperBlock => ({ kind: 'table', head: ['No.', 'To pay'], rows, wordColumns: 1 });

test('only the lines that read otherwise are told, old beside new', () => {
	const before = paper({ kind: 'text', text: 'Same.' }, table(['1', '¥10.00'], ['2', '¥10.00']));
	const after = paper({ kind: 'text', text: 'Same.' }, table(['1', '¥10.05'], ['2', '¥10.00']));
	expect(paperChanges(before, before)).toEqual([]);
	expect(paperChanges(before, after)).toEqual([{ before: '1 · ¥10.00', after: '1 · ¥10.05' }]);
});

test('a line that is new or gone stands alone', () => {
	const one = paper({ kind: 'list', items: ['First.'] });
	const two = paper({ kind: 'list', items: ['First.', 'Second.'] });
	expect(paperChanges(one, two)).toEqual([{ before: '', after: 'Second.' }]);
	expect(paperChanges(two, one)).toEqual([{ before: 'Second.', after: '' }]);
});
