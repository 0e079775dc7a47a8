import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { billingOn } from '#lib/domain/account/billing.ts';
import { CNY, historyOf, timelineWith } from '#lib/domain/account/history.fixture.ts';
import type { AccountHistory } from '#lib/domain/account/history.ts';
import { parseHistory } from '#lib/domain/account/parse-history.ts';
import { policyBook } from '#lib/domain/account/policy-book.ts';
import { withStatement } from '#lib/domain/account/projection.ts';

const read = (name: string) => readFileSync(new URL(`../../../../tests/examples/${name}`, import.meta.url), 'utf8');

it('bills, statement by statement, what an independent core billed', () => {
	const policies = policyBook(JSON.parse(read('policies.json')));
	const wrong: unknown[] = [];
	let statements = 0;
	for (const text of read('owed.jsonl').trim().split('\n')) {
		const line = JSON.parse(text) as { id: string; policy: string; statements: unknown; postings: unknown };
		const parsed = parseHistory(line, CNY);
		const found = policies?.timelineOf(line.policy, CNY);
		if (!parsed.ok || !found?.ok) throw new Error(line.id);
		for (const [index, statement] of parsed.history.statements.entries()) {
			statements++;
			const { statementDate: date } = statement;
			const before = {
				...parsed.history,
				statements: parsed.history.statements.slice(0, index),
				postings: parsed.history.postings.filter(
					({ postedOn, kind }) => postedOn < date || (postedOn === date && kind !== 'interest' && kind !== 'late_fee'),
				),
			};
			const made = withStatement(before, found.timeline, statement);
			const billed = (postings: AccountHistory['postings']) =>
				postings.filter(({ postedOn }) => postedOn === date).toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
			const core = [statement, billed(parsed.history.postings)];
			if (JSON.stringify([made.statements[index], billed(made.postings)]) !== JSON.stringify(core)) {
				wrong.push({ id: line.id, date, core, made: made.statements[index] });
			}
		}
	}
	expect(statements).toBeGreaterThan(3000);
	expect(wrong).toEqual([]);
});

it('leaves out what the core posted on the date itself', () => {
	const history = historyOf([
		'2025-03-05 due 2025-03-23 balance 10000.00 minimum 1000.00',
		'2025-04-05 due 2025-04-23 balance 10001.00 minimum 2000.00',
		'2025-02-20 purchase 10000.00',
		'2025-04-05 interest 1.00',
	]);
	expect(billingOn(history, timelineWith(), '2025-04-05')).toEqual({ interest: 22000, lateFees: [5000] });
});
