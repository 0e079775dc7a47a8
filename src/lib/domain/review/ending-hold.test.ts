import { expect, test } from 'vitest';
import { refusesEndingHold } from '#lib/domain/review/ending-hold.ts';
import type { Eyes } from '#lib/domain/review/eyes.ts';
import type { Lease } from '#lib/domain/review/lease.ts';

const now = new Date('2026-11-28T02:00:00Z');
const later = new Date('2026-11-28T02:30:00Z');
const eyes: Eyes = {
	role: 'supervisor',
	staffId: 'S',
	staffCardholderId: null,
	cardholderId: 'C',
	hands: [],
	chosenBy: [],
	decidedBy: [],
	proposedBy: null,
	isReferred: false,
};
const free: Lease = { staffId: 'A', fence: 3, expiresAt: null };
const refusal = (changes: Partial<Eyes>, lease = free, fence = 0) =>
	refusesEndingHold({ eyes: { ...eyes, ...changes }, lease, fence, now });
const held = (staffId: string): Lease => ({ staffId, fence: 3, expiresAt: later });

test('a supervisor ends a hold while nobody has the case in hand, whatever keeps them from deciding it otherwise', () => {
	expect(refusal({})).toBeUndefined();
	expect(refusal({ chosenBy: ['S'] })).toBeUndefined();
	expect(refusal({ decidedBy: ['S'] })).toBeUndefined();
	expect(refusal({}, held('A'), 3)).toBe('taken_by_other');
});

test('nobody ends the hold on their own account, nor where they made the application', () => {
	expect(refusal({ staffCardholderId: 'C' })).toBe('own_application');
	expect(refusal({ hands: ['S'] })).toBe('had_a_hand');
});

test('an agent ends it with the case in hand alone, from the page of that taking', () => {
	expect(refusal({ role: 'agent', staffId: 'A' })).toBe('lease_lost');
	expect(refusal({ role: 'agent', staffId: 'A' }, held('A'), 3)).toBeUndefined();
	expect(refusal({ role: 'agent', staffId: 'A' }, held('A'), 2)).toBe('stale_fence');
	expect(refusal({ role: 'agent', staffId: 'B' }, held('A'), 3)).toBe('taken_by_other');
});
