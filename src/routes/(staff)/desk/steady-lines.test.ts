import { expect, test } from 'vitest';
import { steadyLines } from './steady-lines.ts';

const line = (applicationId: string, state = 'waiting') => ({ applicationId, state });

test('lines keep their places and show what became of them; new ones are counted, not shown', () => {
	const shown = [line('a'), line('b'), line('c')];
	const latest = [line('z'), line('a', 'taken'), line('c'), line('y')];
	const steady = steadyLines(shown, latest);
	expect(steady.lines).toEqual([line('a', 'taken'), line('b'), line('c')]);
	expect([steady.fresh, steady.isMoved]).toEqual([2, true]);
});

test('the same lines in the same order move nothing', () => {
	const { fresh, isMoved } = steadyLines([line('a'), line('b')], [line('a', 'taken'), line('b')]);
	expect([fresh, isMoved]).toEqual([0, false]);
	expect(steadyLines([line('a'), line('b')], [line('b'), line('a')]).isMoved).toBe(true);
});
