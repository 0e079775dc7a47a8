import { expect, test } from 'vitest';
import {
	hoursAfter,
	judgeConfirmation,
	judgeNumberChange,
	NUMBER_PROOFS,
	type NumberChangeAsked,
} from '#lib/domain/access/number-change.ts';

const RULES = { proofs: NUMBER_PROOFS, openHours: 24, holdHours: 24, mismatches: 3 };
const ASKED: NumberChangeAsked = {
	proofs: ['id_at_branch', 'called_back'],
	phone: '+8613900000001',
	again: '+8613900000001',
	currentPhone: '+8613900000000',
	isSilenced: false,
	hasSeenScreen: false,
};

test('two different proofs of the bank’s list are needed', () => {
	expect(judgeNumberChange(ASKED, RULES)).toEqual([]);
	expect(judgeNumberChange({ ...ASKED, proofs: ['called_back'] }, RULES)).toEqual(['proofs_missing']);
	expect(judgeNumberChange({ ...ASKED, proofs: ['called_back', 'called_back'] }, RULES)).toEqual(['proofs_missing']);
	expect(judgeNumberChange(ASKED, { ...RULES, proofs: ['id_at_branch', 'card_pin'] })).toEqual(['proofs_missing']);
});

test('the characters count as a proof only where they were seen to fit', () => {
	const asked = { ...ASKED, proofs: ['id_at_branch', 'screen_characters'] as const };
	expect(judgeNumberChange(asked, RULES)).toEqual(['screen_not_seen']);
	expect(judgeNumberChange({ ...asked, hasSeenScreen: true }, RULES)).toEqual([]);
});

test('the new number is a number, the same twice, another than before, and nobody has silenced it', () => {
	expect(judgeNumberChange({ ...ASKED, phone: undefined, again: undefined }, RULES)).toEqual(['not_a_number']);
	expect(judgeNumberChange({ ...ASKED, again: '+8613900000002' }, RULES)).toEqual(['numbers_differ']);
	expect(judgeNumberChange({ ...ASKED, currentPhone: '+8613900000001' }, RULES)).toEqual(['same_number']);
	expect(judgeNumberChange({ ...ASKED, isSilenced: true }, RULES)).toEqual(['silenced']);
	expect(judgeNumberChange({ ...ASKED, proofs: [], again: undefined }, RULES)).toEqual([
		'proofs_missing',
		'numbers_differ',
	]);
});

test('another person confirms, in time, with the last four; three wrong ones end it', () => {
	const at = new Date('2026-11-23T02:00:00Z');
	const change = { askedBy: 'one', expiresAt: hoursAfter(at, 24), newPhone: '+8613900000001', mismatches: 0 };
	const by = (staffId: string, lastFour: string, when = at) => ({ staffId, lastFour, at: when });
	expect(judgeConfirmation(change, by('two', '0001'), RULES)).toBeUndefined();
	expect(judgeConfirmation(change, by('one', '0001'), RULES)).toBe('same_person');
	expect(judgeConfirmation(change, by('two', '0002'), RULES)).toBe('wrong_digits');
	expect(judgeConfirmation({ ...change, mismatches: 2 }, by('two', '0002'), RULES)).toBe('refused_now');
	expect(judgeConfirmation({ ...change, mismatches: 2 }, by('two', '0001'), RULES)).toBeUndefined();
	expect(judgeConfirmation(change, by('two', '0001', change.expiresAt), RULES)).toBe('not_open');
	expect(judgeConfirmation(undefined, by('two', '0001'), RULES)).toBe('not_open');
});
