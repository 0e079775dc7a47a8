import { expect, test } from 'vitest';
import { readAccessRules } from '#lib/domain/access/access-rules.ts';

test('what is left out is the default', () => {
	expect(readAccessRules({})).toMatchObject({
		linkHours: 72,
		resendsPerDay: 3,
		resendCooldownMinutes: 5,
		code: { digits: 6, minutes: 10, tries: 5, sends: 3 },
		sendsPerTarget: { most: 3, minutes: 10 },
		triesPerTarget: { most: 5, minutes: 10 },
	});
});

test('a bank sets its own, and the throttles of one link follow the code', () => {
	expect(readAccessRules({ codeMinutes: 5, codeSends: 2, asksPerAddress: { most: 10, minutes: 60 } })).toMatchObject({
		sendsPerTarget: { most: 2, minutes: 5 },
		triesPerTarget: { most: 5, minutes: 5 },
		asksPerAddress: { most: 10, minutes: 60 },
	});
});

test('rules that make no sense are no rules', () => {
	for (const bad of [{ linkHours: '72' }, { codeSends: -1 }, { codeMinutes: 1.5 }, { asksPerAddress: { most: 'x' } }]) {
		expect(readAccessRules(bad), JSON.stringify(bad)).toBeUndefined();
	}
});
