import { expect, it } from 'vitest';
import { historyJson, timelineJson } from '#lib/domain/account/history-json.ts';
import { CNY, historyOf, policyWith, timelineOf } from '#lib/domain/account/history.fixture.ts';
import { parseHistory } from '#lib/domain/account/parse-history.ts';
import { policyBook } from '#lib/domain/account/policy-book.ts';

it('a history and its policies come back from JSON as they were', () => {
	const history = historyOf([
		'2025-03-05 due 2025-03-23 balance 10000.00 minimum 1000.00',
		'2025-02-20 purchase 10000.00',
		'2025-03-24 payment 0.01',
	]);
	const timeline = timelineOf(
		[undefined, policyWith({ latePaymentFee: { rate: '0.05', minimum: '10.00', maximumPerPeriod: '500.00' } })],
		[
			'2025-04-01',
			policyWith({ dailyInterestRate: '0.049/365', minimumPaymentRate: '0.05', interestBase: 'unpaid_part' }),
		],
	);
	const kept = JSON.parse(JSON.stringify([historyJson(history), timelineJson(timeline, CNY)])) as [object, object];
	expect(parseHistory(kept[0], CNY)).toEqual({ ok: true, history });
	expect(policyBook(kept[1])?.timelineOf('test', CNY)).toEqual({ ok: true, timeline });
});
