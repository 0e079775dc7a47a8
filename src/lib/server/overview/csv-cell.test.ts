import { expect, test } from 'vitest';
import { harmlessCell } from '#lib/server/overview/csv-cell.ts';
import { writeCsv } from '#lib/server/overview/write-csv.ts';

test('what would begin a formula is made text by an apostrophe', () => {
	for (const text of ['=1+1', '+49', '-2', '@SUM(A1)', '\tx', '\rx', '\n=x', '＝1', '＋1', '－1', '＠x']) {
		expect(harmlessCell(text)).toBe(`'${text}`);
	}
});

test('any other text stays as it is', () => {
	for (const text of ['', 'Illness', '失业', "'=1", 'a=b', '1-2', ' =1']) expect(harmlessCell(text)).toBe(text);
});

test('a file has its mark for spreadsheets, quotes where it must, ends lines as the standard says, and runs nothing', () => {
	const file = writeCsv({
		columns: ['Reason', '=cmd|x'],
		rows: [
			['Job "lost", today', 3],
			['-1', -1],
			['=HYPERLINK("x")', 0],
		],
	});
	expect(file).toBe('\ufeffReason,\'=cmd|x\r\n"Job ""lost"", today",3\r\n\'-1,-1\r\n"\'=HYPERLINK(""x"")",0\r\n');
});
