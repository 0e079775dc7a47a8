import { expect, test } from 'vitest';
import { decisionProblem, LONGEST_WORDS, refusesDecision } from '#lib/domain/review/decision.ts';
import type { DecisionForm, DecisionRequest } from '#lib/domain/review/decision.ts';
import { mayReview } from '#lib/domain/review/eyes.ts';

const now = new Date('2026-05-20T02:00:00Z');
const mine: DecisionRequest = {
	role: 'agent',
	staffId: 'ann',
	staffCardholderId: null,
	cardholderId: 'c-1',
	hands: [],
	chosenBy: [],
	decidedBy: [],
	proposedBy: null,
	isReferred: false,
	status: 'in_review',
	lease: { staffId: 'ann', fence: 4, expiresAt: new Date('2026-05-20T02:15:00Z') },
	fence: 4,
	now,
};
const refusal = (changes: Partial<DecisionRequest>) => refusesDecision({ ...mine, ...changes });

test('the holder of the lease decides', () => {
	expect(refusal({})).toBeUndefined();
	expect(refusal({ role: 'supervisor' })).toBeUndefined();
});

test('nobody decides an application that they had a hand in making', () => {
	expect(refusal({ hands: ['bob', 'ann'] })).toBe('had_a_hand');
	expect(refusal({ role: 'supervisor', hands: ['ann'] })).toBe('had_a_hand');
	expect(refusal({ staffCardholderId: 'c-1' })).toBe('own_application');
});

test('who chose an application for themselves looks, and leaves the decision to others', () => {
	expect(refusal({ decidedBy: ['bob', 'ann'] })).toBe('decided_before');
	expect(refusal({ chosenBy: ['ann'] })).toBe('self_assigned');
	expect(refusal({ role: 'supervisor', chosenBy: ['bob', 'ann'] })).toBe('self_assigned');
	expect(refusal({ chosenBy: ['bob'] })).toBeUndefined();
});

test('what waits for a second approver is for a supervisor who did not propose it', () => {
	expect(refusal({ proposedBy: 'bob' })).toBe('supervisor_needed');
	expect(refusal({ role: 'supervisor', proposedBy: 'bob' })).toBeUndefined();
	expect(refusal({ role: 'supervisor', proposedBy: 'ann' })).toBe('own_proposal');
});

test('support and admin decide nothing', () => {
	expect(refusal({ role: 'support' })).toBe('wrong_role');
	expect(refusal({ role: 'admin' })).toBe('wrong_role');
});

test('a lease that ran out, was taken by another or taken anew decides nothing', () => {
	expect(refusal({ now: mine.lease.expiresAt! })).toBe('lease_lost');
	expect(refusal({ lease: { ...mine.lease, staffId: 'bob', fence: 5 } })).toBe('taken_by_other');
	expect(refusal({ lease: { ...mine.lease, fence: 5 } })).toBe('stale_fence');
});

test('what was withdrawn or decided meanwhile is not decided again', () => {
	for (const status of ['withdrawn', 'approved', 'declined', 'submitted', 'draft'] as const) {
		expect(refusal({ status })).toBe('status_changed');
	}
});

test('nobody is given what they could not decide', () => {
	expect(mayReview(mine)).toBe(true);
	expect(mayReview({ ...mine, hands: ['ann'] })).toBe(false);
	expect(mayReview({ ...mine, staffCardholderId: 'c-1' })).toBe(false);
	expect(mayReview({ ...mine, role: 'support' })).toBe(false);
});

test('who declines says why, and in words where no reason fits', () => {
	const name = { 'zh-CN': '理由' };
	const reasons = [
		{ code: 'able_to_pay', name, reason: name, letter: name },
		{ code: 'other', name, reason: name },
		{ code: 'of_old', name, reason: name, letter: name, isRetired: true },
	];
	const problem = (form: Partial<DecisionForm>) =>
		decisionProblem({ outcome: 'declined', reason: null, words: '', ...form }, reasons);
	expect(problem({ words: 'no' })).toBe('reason_needed');
	expect(problem({ reason: 'other', words: ' ' })).toBe('words_needed');
	expect(problem({ reason: 'other', words: 'Because.' })).toBeUndefined();
	expect(problem({ reason: 'able_to_pay' })).toBeUndefined();
	expect(problem({ reason: 'of_old' })).toBe('reason_unknown');
	expect(problem({ reason: 'toString' })).toBe('reason_unknown');
	expect(problem({ outcome: 'approved' })).toBeUndefined();
	expect(problem({ outcome: 'approved', words: 'x'.repeat(LONGEST_WORDS + 1) })).toBe('words_too_long');
});
