import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCase } from '#lib/domain/account/case.ts';
import { explanation } from '#lib/domain/account/explanation.ts';
import { parseHistory } from '#lib/domain/account/parse-history.ts';
import { policyBook } from '#lib/domain/account/policy-book.ts';
import { nextAllowedAt } from '#lib/domain/contact/hours.ts';
import { type ContactRules, readContactRules, withinDailyCap } from '#lib/domain/contact/rules.ts';
import { currencyOf } from '#lib/domain/money.ts';
import { parseProduct } from '#lib/domain/plan/parse-product.ts';
import { schedule } from '#lib/domain/plan/schedule.ts';

const folder = new URL('../../../../tests/examples/markets/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const json = (name: string) => JSON.parse(read(name)) as unknown;
const markets = readdirSync(folder, { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map(({ name }) => name);

it('there is a market whose currency has no minor units and one with three digits of them', () => {
	const currencies = markets.flatMap((market) => cases(market).map(({ currency }) => currencyOf(currency).digits));
	expect(new Set(currencies)).toEqual(new Set([0, 3]));
});

describe.each(markets)('the market %s', (market) => {
	const policies = policyBook(json(`${market}/policies.json`));
	if (!policies) throw new Error('no policies');

	it.each(cases(market))('$id', (line) => {
		expect(runCase(line, policies)).toEqual({ ok: true, figures: line.expected });
	});

	it.each(cases(market))('$id: and why adds up', ({ asOf, policy, ...line }) => {
		const currency = currencyOf(line.currency);
		const [found, parsed] = [policies.timelineOf(policy, currency), parseHistory(line, currency)];
		if (!found.ok || !parsed.ok) throw new Error('not read');
		const { total, days } = explanation(parsed.history, found.timeline, asOf);
		const steps = days.flatMap((day) => day.steps);
		expect(steps.reduce((sum, { amount }) => sum + amount, 0)).toBe(total);
	});

	it('offers a plan whose principal sums to the debt in its own minor units', () => {
		for (const terms of json(`${market}/products.json`) as object[]) {
			const parsed = parseProduct(terms);
			if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
			const { method, periodicRate, instalments } = parsed.product;
			const plan = { method, periodicRate, principal: 102_138, deferralMonths: 0, deferralInterest: null };
			for (const count of instalments) {
				const { rows } = schedule({ ...plan, instalments: count, firstDueDate: '2025-05-04' });
				expect(rows.reduce((sum, { principal }) => sum + principal, 0)).toBe(102_138);
			}
		}
	});

	it('writes to people within its own hours and cap only', () => {
		const given = json(`${market}/contact-rules.json`) as ContactRules;
		const rules = readContactRules({ ...given }, given.timeZone);
		expect(rules).toEqual(given);
		if (!rules) throw new Error('no rules');
		// Half an hour before the window opens, in the market's own zone: the message waits until it does.
		const opens = nextAllowedAt(new Date('2025-04-04T22:00:00Z'), null, rules);
		const early = new Date(opens.getTime() - 1_800_000);
		expect(nextAllowedAt(early, null, rules)).toEqual(opens);
		const clock = new Intl.DateTimeFormat('en-GB', { timeZone: rules.timeZone, timeStyle: 'short' });
		expect(clock.format(opens)).toBe(rules.from);
		expect([rules.dailyCap - 1, rules.dailyCap].map((sent) => withinDailyCap(sent, rules))).toEqual([true, false]);
	});
});

interface Case {
	readonly id: string;
	readonly policy: string;
	readonly currency: string;
	readonly asOf: string;
	readonly statements: unknown;
	readonly postings: unknown;
	readonly expected: object;
}

function cases(market: string): Case[] {
	return read(`${market}/owed.jsonl`)
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Case);
}
