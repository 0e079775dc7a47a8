import { expect, it } from 'vitest';
import { parseRate } from '#lib/domain/rate.ts';
import { axisAmounts, axisDays, daysText, listText, monthText, rateText } from '#lib/messages/debt-format.ts';

it.each([
	['CNY', [12_000, 12_500, 13_000], '¥12,000 ¥12,500 ¥13,000'],
	['CNY', [0, 50_000, 100_000], '¥0 ¥50K ¥100K'],
	['CNY', [100_010, 100_020, 100_030], '¥100,010 ¥100,020 ¥100,030'],
	['CNY', [9.6, 9.8, 10], '¥9.6 ¥9.8 ¥10.0'],
	['JPY', [480_000, 500_000, 520_000], '¥480K ¥500K ¥520K'],
	['KWD', [84.5, 84.52, 84.54], 'KWD 84.50 KWD 84.52 KWD 84.54'],
	['KWD', [0.001, 0.002, 0.003], 'KWD 0.001 KWD 0.002 KWD 0.003'],
])('%s along an axis stay apart and no longer than they must be', (currency, amounts, texts) => {
	expect(axisAmounts(amounts, currency, 'en').join(' ').replaceAll('\u00a0', ' ')).toBe(texts);
});

it('writes long amounts in ten thousands where the reader counts so', () => {
	expect(axisAmounts([400_000, 450_000], 'JPY', 'zh-CN')).toEqual(['¥40万', '¥45万']);
});

it('writes firsts of months as months, with the year where another begins, and other days as days', () => {
	expect(axisDays(['2026-12-01', '2027-01-01'], 'en')).toEqual(['Dec', 'Jan 2027']);
	expect(axisDays(['2026-12-01', '2027-01-01'], 'zh-CN')).toEqual(['12月', '2027年1月']);
	expect(axisDays(['2025-10-01', '2026-04-01', '2026-10-01'], 'en')).toEqual(['Oct 2025', 'Apr 2026', 'Oct']);
	expect(axisDays(['2026-11-30', '2026-12-14'], 'en')).toEqual(['30 Nov', '14 Dec']);
});

it('says days as short as they can be said', () => {
	expect(daysText('2026-11-01', '2026-11-30', 'en')).toBe('1 Nov – 30 Nov');
	expect(daysText('2026-11-27', '2026-11-27', 'en')).toBe('27 Nov');
	expect(daysText('2026-12-28', '2027-01-03', 'en')).toBe('28 Dec 2026 – 3 Jan 2027');
	expect(daysText('2026-11-01', '2026-11-30', 'zh-CN')).toBe('11月1日至11月30日');
	expect([monthText('2026-11', 'en'), monthText('2026-11', 'zh-CN')]).toEqual(['November 2026', '2026年11月']);
	expect(listText(['a', 'b', 'c'], 'en')).toBe('a, b and c');
});

it('writes a rate exactly, or says that it is rounded', () => {
	const text = (rate: string) => rateText(parseRate(rate) ?? { numerator: 0, denominator: 1 }, 'en');
	expect([text('0.0005'), text('0.000355'), text('0.049/12')]).toEqual(['0.05%', '0.0355%', '≈ 0.4083%']);
});
