import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CNY, historyOf, timelineWith } from '#lib/domain/account/history.fixture.ts';
import { parseHistory } from '#lib/domain/account/parse-history.ts';
import { policyBook } from '#lib/domain/account/policy-book.ts';
import { reconcile } from '#lib/domain/account/reconciliation.ts';

const STATEMENTS = [
	'2025-03-05 due 2025-03-23 balance 10000.00 minimum 1000.00',
	'2025-04-05 due 2025-04-23 balance 10270.00 minimum 2000.00',
];
const BILLED = ['2025-02-20 purchase 10000.00', '2025-04-05 interest 220.00', '2025-04-05 late_fee 50.00'];
const found = (...postings: string[]) => reconcile(historyOf([...STATEMENTS, ...postings]), timelineWith());

it('finds nothing where the core billed what the engine says', () => {
	expect(found(...BILLED)).toEqual([]);
});

it('finds nothing in what an independent core billed', () => {
	const read = (name: string) => readFileSync(new URL(`../../../../tests/examples/${name}`, import.meta.url), 'utf8');
	const policies = policyBook(JSON.parse(read('policies.json')));
	const lines = read('owed.jsonl').trim().split('\n');
	const wrong = lines.flatMap((text) => {
		const line = JSON.parse(text) as { id: string; policy: string; statements: unknown; postings: unknown };
		const parsed = parseHistory(line, CNY);
		const policy = policies?.timelineOf(line.policy, CNY);
		if (!parsed.ok || !policy?.ok) throw new Error(line.id);
		return reconcile(parsed.history, policy.timeline).map((difference) => ({ id: line.id, ...difference }));
	});
	expect(wrong).toEqual([]);
});

it('names what was billed too much, too little and not at all', () => {
	const at = { statementDate: '2025-04-05' };
	expect(found('2025-02-20 purchase 10000.00', '2025-04-05 interest 220.01')).toEqual([
		{ ...at, kind: 'interest', engine: 22000, core: 22001, difference: 1 },
		{ ...at, kind: 'late_fee', engine: 5000, core: 0, difference: -5000 },
	]);
});

it('takes what the core posted in parts, or before the statement, as one', () => {
	expect(
		found(
			'2025-02-20 purchase 10000.00',
			'2025-03-27 late_fee 50.00',
			'2025-04-05 interest 200.00',
			'2025-04-05 interest 20.00',
		),
	).toEqual([]);
});

it('leaves the first statement alone: what a history opens with may have been brought forward', () => {
	expect(
		reconcile(
			historyOf(['2025-03-05 due 2025-03-23 balance 10000.00 minimum 1000.00', '2025-03-05 interest 12.00']),
			timelineWith(),
		),
	).toEqual([]);
});
