import { describe, expect, test } from 'vitest';
import { AGREEMENT_STATUSES, canMoveAgreement, isAlive, isKept } from '#lib/domain/agreement/agreement-status.ts';

describe('where an agreement stands', () => {
	test('nothing that has ended moves again', () => {
		for (const from of AGREEMENT_STATUSES.filter((status) => !isAlive(status))) {
			expect(AGREEMENT_STATUSES.filter((to) => canMoveAgreement(from, to))).toEqual([]);
		}
	});

	test('a plan lapses only after a missed instalment', () => {
		expect(AGREEMENT_STATUSES.filter((from) => canMoveAgreement(from, 'lapsed'))).toEqual(['missed']);
	});

	test('a plan is kept from signing until it lapses or is completed', () => {
		expect(AGREEMENT_STATUSES.filter(isKept)).toEqual(['active', 'missed']);
	});
});
