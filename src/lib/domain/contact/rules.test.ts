import { expect, test } from 'vitest';
import { DEFAULT_CONTACT_RULES, readContactRules, withinDailyCap } from '#lib/domain/contact/rules.ts';

test('the third message of a day is within the cap, the fourth is not', () => {
	expect([0, 2, 3, 4].map((count) => withinDailyCap(count, DEFAULT_CONTACT_RULES))).toEqual([true, true, false, false]);
});

test('a market sets its own hours and cap', () => {
	expect(readContactRules({ from: '08:00', to: '21:00', dailyCap: 7 }, 'America/New_York')).toEqual({
		...{ from: '08:00', to: '21:00', dailyCap: 7, timeZone: 'America/New_York' },
	});
	expect(readContactRules({}, 'Asia/Shanghai')).toEqual(DEFAULT_CONTACT_RULES);
});

test('rules that make no sense are no rules', () => {
	for (const bad of [
		{ from: '8:00' },
		{ to: '25:00' },
		{ from: '22:00', to: '08:00' },
		{ from: '08:00', to: '08:00' },
		{ dailyCap: -1 },
		{ dailyCap: 2.5 },
		{ dailyCap: '3' },
		{ from: null },
	]) {
		expect(readContactRules(bad, 'Asia/Shanghai'), JSON.stringify(bad)).toBeUndefined();
	}
});
