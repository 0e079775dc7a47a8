import { expect, test } from 'vitest';
import { presetRange, readRange } from '#lib/domain/overview/day-range.ts';

const today = '2026-11-28';
const read = (from: string, to: string) => readRange({ from, to }, today);

test('nothing typed is the last thirty days, today with them', () => {
	expect(read('', '')).toEqual({ ok: true, range: { from: '2026-10-30', to: today } });
});

test('a typed range is taken as it is, to the single day', () => {
	expect(read('2019-02-28', '2026-11-28')).toEqual({ ok: true, range: { from: '2019-02-28', to: today } });
	expect(read(' 2026-11-28 ', today)).toEqual({ ok: true, range: { from: today, to: today } });
});

test('with one end alone the other is the usual one, and never before it', () => {
	expect(read('2026-01-01', '')).toEqual({ ok: true, range: { from: '2026-01-01', to: today } });
	expect(read('', '2026-03-01')).toEqual({ ok: true, range: { from: '2026-03-01', to: '2026-03-01' } });
});

test('each field is told what is wrong with it', () => {
	expect(read('2026-02-29', 'yesterday')).toEqual({ ok: false, problems: { from: 'no_day', to: 'no_day' } });
	expect(read('2026-11-01', '2026-11-29')).toEqual({ ok: false, problems: { to: 'after_today' } });
	expect(read('2026-11-20', '2026-11-19')).toEqual({ ok: false, problems: { to: 'before_from' } });
});

test('presets end today', () => {
	expect(presetRange('today', today)).toEqual({ from: today, to: today });
	expect(presetRange('days7', today)).toEqual({ from: '2026-11-22', to: today });
	expect(presetRange('month', today)).toEqual({ from: '2026-11-01', to: today });
});
