import { expect, test } from 'vitest';
import { canTake, isHeld, isHeldBy, takeLease } from '#lib/domain/review/lease.ts';

const now = new Date('2026-05-20T02:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const free = { staffId: null, fence: 3, expiresAt: null };
const taken = takeLease(free, 'ann', now, 15);

test('a lease is held by the one who took it, until its very end', () => {
	expect(isHeldBy(taken, 'ann', 4, now)).toBe(true);
	expect(isHeldBy(taken, 'ann', 4, new Date(later(15).getTime() - 1))).toBe(true);
	expect(isHeldBy(taken, 'ann', 4, later(15))).toBe(false);
	expect(isHeldBy(taken, 'bob', 4, now)).toBe(false);
	expect(isHeld(free, now)).toBe(false);
});

test('another takes it only when it has run out', () => {
	expect(canTake(taken, 'bob', later(14))).toBe(false);
	expect(canTake(taken, 'bob', later(15))).toBe(true);
	expect(canTake(taken, 'ann', later(14))).toBe(true);
	expect(canTake(free, 'bob', now)).toBe(true);
});

test('every taking has a fence of its own, so an old one opens nothing', () => {
	const again = takeLease(taken, 'ann', later(20), 15);
	expect(again.fence).toBe(5);
	expect(isHeldBy(again, 'ann', 4, later(20))).toBe(false);
});
