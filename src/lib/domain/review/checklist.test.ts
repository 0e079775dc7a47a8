import { expect, test } from 'vitest';
import {
	type CheckItem,
	checksFor,
	marksOf,
	stillChecked,
	uncheckedOf,
	unknownOf,
} from '#lib/domain/review/checklist.ts';

const item = (code: string, more: Partial<CheckItem> = {}): CheckItem => ({
	code,
	words: { 'zh-CN': code },
	needed: true,
	...more,
});
const LIST = [
	item('identity'),
	item('death_certificate', { reasons: ['death_of_earner'] }),
	item('called_back', { needed: false }),
	item('disputes'),
];

test('a check that is for certain reasons is asked for those alone, and for none where there is no reason', () => {
	expect(checksFor(LIST, 'death_of_earner')).toEqual(LIST);
	expect(checksFor(LIST, 'illness_or_injury').map(({ code }) => code)).toEqual(['identity', 'called_back', 'disputes']);
	expect(checksFor(LIST, null)).toHaveLength(3);
});

test('what is needed and was left out is named in the order of the list; what is not needed may be left out', () => {
	expect(uncheckedOf(LIST, [])).toEqual(['identity', 'death_certificate', 'disputes']);
	expect(uncheckedOf(LIST, ['disputes', 'identity'])).toEqual(['death_certificate']);
	expect(uncheckedOf(LIST, ['disputes', 'identity', 'death_certificate'])).toEqual([]);
});

test('only what is on the list is a check', () => {
	expect(unknownOf(LIST, ['identity', 'Identity', '', 'toString'])).toEqual(['Identity', '', 'toString']);
	expect(unknownOf(checksFor(LIST, 'disaster'), ['death_certificate'])).toEqual(['death_certificate']);
});

test('where the list changed, what stands as it was seen stays ticked, and what is new or reworded does not', () => {
	const before = [
		{ ...item('identity'), mark: 'a1' },
		{ ...item('disputes'), mark: 'd1' },
	];
	const after = [
		{ ...item('identity'), mark: 'a2' },
		{ ...item('disputes'), mark: 'd1' },
		{ ...item('new'), mark: 'n1' },
	];
	const page = { checked: ['identity', 'disputes', 'new'], seen: marksOf(before) };
	expect(stillChecked(after, page)).toEqual(['disputes']);
	expect(stillChecked(before, page)).toEqual(['identity', 'disputes']);
	expect(marksOf(after)).not.toBe(marksOf(before));
});
