import { expect, test } from 'vitest';
import { currencyOf } from '#lib/domain/money.ts';
import { mostMonthlyOf, plansQuery, readPlansQuery, withoutTerms, withPick } from './query.ts';

const yuan = currencyOf('CNY');
const read = (query: string) => readPlansQuery(new URLSearchParams(query));

test('what an address asks for is read, and written again the same', () => {
	const query = read('monthly=800&first=2026-12-15&n.deferral=6&d.deferral=3');
	expect(query).toEqual({
		monthly: '800',
		first: '2026-12-15',
		picks: { deferral: { instalments: 6, deferralMonths: 3 } },
	});
	expect(readPlansQuery(plansQuery(query))).toEqual(query);
});

test('an address edited by hand picks nothing that is no number, and what was typed stays as it was', () => {
	const odd = read(`/choose&monthly=NaN&first=soon&n.a=NaN&n.b=-3&d.c=1e9&n.__proto__=5&x.a=1&n.d=${'9'.repeat(60)}`);
	expect(odd).toEqual({ monthly: 'NaN', first: 'soon', picks: {} });
	expect(read(`monthly=${'9'.repeat(5_000)}`).monthly).toHaveLength(40);
});

test('a monthly sum is read as people type, refused where it is none, and absent where nothing was typed', () => {
	expect(mostMonthlyOf(' ８00 ', yuan)).toEqual({ ok: true, amount: 80_000 });
	expect(['NaN', '-5', '1e9', 'Infinity'].map((text) => mostMonthlyOf(text, yuan)?.ok)).toEqual(Array(4).fill(false));
	expect(mostMonthlyOf('9'.repeat(40), yuan)).toEqual({ ok: false, refusal: 'too_large' });
	expect(mostMonthlyOf('  ', yuan)).toBeNull();
});

test('naming another sum lets the terms go and keeps how long to wait', () => {
	const picks = withPick(withPick({ a: { instalments: 3 } }, 'n', 'b', 12), 'd', 'b', 2);
	expect(picks).toEqual({ a: { instalments: 3 }, b: { instalments: 12, deferralMonths: 2 } });
	expect(withoutTerms(picks)).toEqual({ b: { deferralMonths: 2 } });
});
