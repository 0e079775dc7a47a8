import { expect, test } from 'vitest';
import { PLAIN_WEEKS } from '#lib/domain/application/working-days.ts';
import {
	compareTurns,
	type QueueFacts,
	queuePlace,
	type QueuePolicy,
	servedBy,
	urgencyOf,
} from '#lib/domain/review/queue-policy.ts';

const policy: QueuePolicy = {
	priorities: [
		{ when: { reasons: ['disaster'] }, priority: 1 },
		{ when: { reasons: ['unemployment'], amountFrom: { CNY: '50000.00' } }, priority: 2 },
		{ when: { needsSecond: true }, priority: 3 },
		{ when: { amountFrom: { CNY: '100000.00', JPY: '2000000' } }, priority: 4 },
	],
	otherwise: 6,
	promisedWorkingDays: { '1': 1, '4': 30 },
	skills: [
		{ when: { amountFrom: { CNY: '100000.00' } }, skill: 'large_amounts' },
		{ when: { reasons: ['business_failure'] }, skill: 'business_failure' },
	],
};
const facts: QueueFacts = { reason: 'unemployment', amount: 1_000_00, currency: 'CNY', needsSecond: false };
/** A Friday afternoon in Shanghai. */
const queuedAt = new Date('2026-05-22T08:30:00Z');
const terms = { queuedAt, promisedWorkingDays: 3, timeZone: 'Asia/Shanghai', calendar: PLAIN_WEEKS };
const placeOf = (changes: Partial<QueueFacts>) => queuePlace(policy, { ...facts, ...changes }, terms);

test('the first rule that fits gives the class, and what none is about has the usual one', () => {
	expect(placeOf({}).priority).toBe(6);
	expect(placeOf({ reason: 'disaster', needsSecond: true }).priority).toBe(1);
	expect(placeOf({ needsSecond: true, amount: 900_000_00 }).priority).toBe(2);
	expect(placeOf({ reason: 'other', needsSecond: true, amount: 900_000_00 }).priority).toBe(3);
	expect(placeOf({ reason: null, amount: null }).priority).toBe(6);
});

test('a rule is about those who have all that it names, from its very amount on', () => {
	expect(placeOf({ amount: 49_999_99 }).priority).toBe(6);
	expect(placeOf({ amount: 50_000_00 }).priority).toBe(2);
	expect(placeOf({ reason: 'other', amount: 50_000_00 }).priority).toBe(6);
});

test('an amount is measured in its own currency, and in one that has no measure none is large', () => {
	expect(placeOf({ amount: 2_000_000, currency: 'JPY' }).priority).toBe(4);
	expect(placeOf({ amount: 1_999_999, currency: 'JPY' }).priority).toBe(6);
	expect(placeOf({ amount: 999_999_999, currency: 'EUR' }).priority).toBe(6);
});

test('due by working days, at the time of day at which it came', () => {
	expect(placeOf({}).dueAt).toEqual(new Date('2026-05-27T08:30:00Z'));
	expect(placeOf({ reason: 'disaster' }).dueAt).toEqual(new Date('2026-05-25T08:30:00Z'));
});

test('no class is due later than the cardholder was promised', () => {
	expect(placeOf({ reason: 'other', amount: 100_000_00 }).dueAt).toEqual(new Date('2026-05-27T08:30:00Z'));
});

test('a case asks for at most one skill, the first that fits', () => {
	expect(placeOf({}).skill).toBeNull();
	expect(placeOf({ reason: 'business_failure' }).skill).toBe('business_failure');
	expect(placeOf({ reason: 'business_failure', amount: 100_000_00 }).skill).toBe('large_amounts');
});

test('one is given what one knows, and what nobody here knows', () => {
	expect(servedBy(['zh-CN', 'en'], ['en'], ['zh-CN', 'en'])).toEqual(['en']);
	expect(servedBy(['zh-CN', 'en'], ['en'], ['en'])).toEqual(['zh-CN', 'en']);
	expect(servedBy(['disaster', 'large_amounts'], [], ['disaster'])).toEqual(['large_amounts']);
});

test('late is said of what is past due alone, then what comes before others, then what is due within a day', () => {
	const dueAt = placeOf({}).dueAt;
	const before = (hours: number) => new Date(dueAt.getTime() - hours * 3_600_000);
	expect(urgencyOf({ priority: 2, dueAt }, 6, before(-1))).toBe('late');
	expect(urgencyOf({ priority: 6, dueAt }, 6, dueAt)).toBe('late');
	expect(urgencyOf({ priority: 6, dueAt }, 6, before(1))).toBe('soon');
	expect(urgencyOf({ priority: 2, dueAt }, 6, before(1))).toBe('first');
	expect(urgencyOf({ priority: 6, dueAt }, 6, before(24))).toBe('usual');
});

test('what is late comes first whatever its class, then the class, then what is due, so that nobody waits for ever', () => {
	const at = new Date('2026-05-22T12:00:00Z');
	const turn = (applicationId: string, priority: number, hours: number) => {
		return { applicationId, priority, dueAt: new Date(at.getTime() + hours * 3_600_000) };
	};
	const first = [
		turn('e', 5, -40),
		turn('a', 2, 0),
		turn('d', 2, 9),
		turn('b', 3, 1),
		turn('c', 3, 1),
		turn('f', 5, 1),
	];
	expect(first.toReversed().sort((a, b) => compareTurns(a, b, at))).toEqual(first);
});
