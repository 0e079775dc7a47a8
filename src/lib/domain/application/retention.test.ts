import { expect, test } from 'vitest';
import { EVIDENCE_KINDS } from '#lib/domain/application/evidence.ts';
import {
	type Course,
	endingOf,
	fewestDays,
	isOver,
	keptTo,
	keptUntilOf,
	purposeOf,
	type RetentionDays,
} from '#lib/domain/application/retention.ts';
import { STATUSES } from '#lib/domain/application/status.ts';

const same = { approved: 1825, declined: 180, withdrawn: 30, expired_draft: 0 };
const DAYS: RetentionDays = { reason: same, income: { ...same, declined: 90 }, other: same };

const course = (of: Partial<Course>): Course => ({
	status: 'declined',
	wasSubmitted: true,
	endedOn: '2026-11-20',
	agreement: null,
	...of,
});

test('every kind has a purpose: income shows income, and what may hold anything is of its own', () => {
	const purposes = Object.fromEntries(EVIDENCE_KINDS.map((kind) => [kind, purposeOf(kind)]));
	expect(purposes).toMatchObject({ payslip: 'income', medical_record: 'reason', other_document: 'other' });
	// It shows a reason as well as a low income.
	expect(purposes['low_income_certificate']).toBe('reason');
	expect(Object.values(purposes).filter((purpose) => purpose === 'other')).toHaveLength(1);
});

test('as long as an application lives nothing of it is over, whatever its dates say', () => {
	for (const status of STATUSES.filter((each) => !['approved', 'declined', 'withdrawn'].includes(each))) {
		expect(endingOf(course({ status })), status).toBeNull();
	}
	expect(keptTo('reason', null, DAYS)).toBeNull();
	expect(isOver(null, '2199-12-31')).toBe(false);
});

test('what was approved is counted from the end of its agreement, and lives as long as that does', () => {
	const approved = { status: 'approved', endedOn: '2020-01-31' } as const;
	expect(endingOf(course({ ...approved, agreement: { endedOn: null } }))).toBeNull();
	const ended = endingOf(course({ ...approved, agreement: { endedOn: '2021-01-31' } }));
	expect(ended).toEqual({ outcome: 'approved', on: '2021-01-31' });
	expect(keptTo('income', ended, DAYS)).toBe('2026-01-30');
	expect(endingOf(course(approved))).toEqual({ outcome: 'approved', on: '2020-01-31' });
});

test('a refusal and a withdrawal count from their own day, a draft that was never sent is of its own', () => {
	expect(endingOf(course({}))).toEqual({ outcome: 'declined', on: '2026-11-20' });
	expect(endingOf(course({ status: 'withdrawn' }))).toEqual({ outcome: 'withdrawn', on: '2026-11-20' });
	const unsent = endingOf(course({ status: 'withdrawn', wasSubmitted: false }));
	expect(unsent).toEqual({ outcome: 'expired_draft', on: '2026-11-20' });
	expect(keptTo('reason', unsent, DAYS)).toBe('2026-11-20');
});

test('a page is kept through its last day, over a leap day and a year’s end, and by its own purpose', () => {
	const ending = { outcome: 'withdrawn', on: '2028-02-01' } as const;
	expect(keptTo('reason', ending, DAYS)).toBe('2028-03-02');
	expect(keptTo('reason', { outcome: 'declined', on: '2026-11-20' }, DAYS)).toBe('2027-05-19');
	expect(keptTo('income', { outcome: 'declined', on: '2026-11-20' }, DAYS)).toBe('2027-02-18');
	expect([isOver('2026-11-20', '2026-11-20'), isOver('2026-11-20', '2026-11-21')]).toEqual([false, true]);
	expect(fewestDays('declined', DAYS)).toBe(90);
});

test('what can be told of a page’s time is a day once it is known, else what it hangs on', () => {
	const until = (of: Partial<Course>) => keptUntilOf('income', course(of), DAYS);
	expect(until({})).toEqual({ by: 'day', lastDay: '2027-02-18' });
	expect(until({ status: 'draft', wasSubmitted: false, endedOn: null })).toEqual({ by: 'draft', days: 0 });
	expect(until({ status: 'approved', agreement: { endedOn: null } })).toEqual({ by: 'agreement', days: 1825 });
	for (const status of ['submitted', 'in_review', 'counter_offered'] as const) {
		expect(until({ status, endedOn: null })).toEqual({ by: 'review', days: DAYS.income });
	}
});
