import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scheduleCase } from '#lib/domain/plan/case.ts';

const example = (name: string) => readFileSync(new URL(`../../../../tests/examples/${name}`, import.meta.url), 'utf8');
const lines = example('schedules.jsonl').trim().split('\n');
const RESULTS = ['annualRateSimple', 'annualRateEffective', 'totalInterest', 'totalPayable', 'rows'];

const given = {
	method: 'equalInstalments',
	principal: '1000.00',
	instalments: 12,
	periodicRate: '0.01',
	firstDueDate: '2026-04-15',
	deferralMonths: 0,
	deferralInterest: null,
};
const problemsOf = (input: unknown) => {
	const outcome = scheduleCase(input);
	return outcome.ok ? [] : outcome.problems.map(({ field, problem }) => `${field} ${problem}`);
};

test('every example schedule holds to the fen, byte for byte', () => {
	expect(lines).toHaveLength(150);
	for (const line of lines) {
		const input = JSON.parse(line) as Record<string, unknown>;
		for (const key of RESULTS) delete input[key];
		const outcome = scheduleCase(input);
		expect(outcome.ok && JSON.stringify(outcome.line)).toBe(line);
	}
});

test('a line that already has results is worked out afresh', () => {
	const stale = { ...(JSON.parse(lines[0]!) as Record<string, unknown>), totalInterest: '1.00', rows: [] };
	const outcome = scheduleCase(stale);
	expect(outcome.ok && JSON.stringify(outcome.line)).toBe(lines[0]);
});

interface Published {
	name: string;
	first?: Record<string, string>;
	[key: string]: unknown;
}
const published = (JSON.parse(example('published.json')) as { plans: Published[] }).plans;

test.each(published)(
	'the published plan holds: $name',
	({ first, name, method, principal, instalments, periodicRate, ...totals }) => {
		const outcome = scheduleCase({ ...given, name, method, principal, instalments, periodicRate });
		expect(outcome).toMatchObject({ ok: true, line: totals });
		const rows = outcome.ok ? (outcome.line['rows'] as unknown[]) : [];
		if (first) expect(rows[0]).toMatchObject(first);
	},
);

test('without a deferral nothing need be said of its interest', () => {
	const { deferralInterest, ...less } = given;
	expect(scheduleCase(less)).toEqual(scheduleCase({ ...less, deferralInterest }));
});

test('another currency has its own digits', () => {
	const outcome = scheduleCase({ ...given, currency: 'JPY', principal: '1000' });
	expect(outcome.ok && outcome.line).toMatchObject({ currency: 'JPY', totalPayable: '1066' });
	expect(problemsOf({ ...given, currency: 'JPY' })).toEqual(['principal not_an_amount']);
	expect(problemsOf({ ...given, currency: 'yen' })).toEqual(['currency not_one_of']);
});

test('every problem of a line is named, and all together', () => {
	expect(
		problemsOf({ ...given, method: 'balloon', principal: '-1.00', instalments: 0, firstDueDate: '2026-02-30' }),
	).toEqual(['method not_one_of', 'principal not_an_amount', 'instalments out_of_range', 'firstDueDate not_a_day']);
	expect(problemsOf({ ...given, periodicRate: '-0.01', principal: undefined })).toEqual([
		'principal missing',
		'periodicRate not_a_rate',
	]);
	expect(problemsOf({ ...given, deferralMonths: 2 })).toEqual(['deferralInterest missing']);
	expect(problemsOf({ ...given, deferralMonths: undefined })).toEqual(['deferralMonths missing']);
	expect(problemsOf({ ...given, principal: 1000 })).toEqual(['principal not_an_amount']);
	expect(problemsOf({ ...given, instalments: 1.5 })).toEqual(['instalments not_a_whole_number']);
	expect(problemsOf([])).toContain(' not_a_record');
});

test('what passes exact counting is refused', () => {
	expect(problemsOf({ ...given, principal: '90000000000000.00' })).toEqual(['principal out_of_range']);
	const endless = { periodicRate: '0.9', deferralMonths: 5_000, deferralInterest: 'capitalised' };
	expect(problemsOf({ ...given, ...endless })).toEqual(['principal out_of_range']);
	expect(problemsOf({ ...given, periodicRate: '999999999' })).toEqual(['principal out_of_range']);
});
