import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { readFigure } from '#lib/server/overview/read-figures.ts';
import { holdClock, useEnv } from '../support/access.ts';
import { keepOn, makeSigned, pay } from '../support/agreement.ts';
import { useDatabase } from '../support/database.ts';
import { AT } from '../support/trip.ts';

const database = useDatabase();

beforeAll(() => useEnv());
beforeEach(() => holdClock(AT));
afterEach(() => {
	vi.useRealTimers();
	useEnv({ PORTAL_TODAY: undefined });
});

/** The months of a range as of a day. */
async function plansOn(day: string, from = '2026-11-01') {
	useEnv({ PORTAL_TODAY: day });
	return readFigure(database.db, 'plans', { from, to: day });
}

test('instalments are counted in the month in which they fell due: on time, late, missed, or not known yet', async () => {
	const { db } = database;
	const kept = await makeSigned(db);
	const late = await makeSigned(db);
	await makeSigned(db);
	const atOnce = await makeSigned(db);
	await pay(db, kept, '2026-12-05', kept.totals[0] ?? 0);
	await pay(db, late, '2026-12-10', late.totals[0] ?? 0);
	for (const total of atOnce.totals) await pay(db, atOnce, '2026-12-05', total);
	expect(await plansOn('2026-12-05')).toEqual([{ month: '2026-12', onTime: 0, late: 0, missed: 0, open: 4 }]);

	await keepOn(db, '2026-12-12');
	expect(await plansOn('2026-12-12')).toEqual([{ month: '2026-12', onTime: 2, late: 1, missed: 1, open: 0 }]);
	expect(await plansOn('2026-12-12', '2026-12-06')).toEqual([]);

	// The plan that was never paid has lapsed, so that January's instalment of it never fell due, nor that of the one settled early.
	await keepOn(db, '2027-01-04');
	await keepOn(db, '2027-01-20');
	expect(await plansOn('2027-01-20')).toEqual([
		{ month: '2026-12', onTime: 2, late: 1, missed: 1, open: 0 },
		{ month: '2027-01', onTime: 0, late: 0, missed: 2, open: 0 },
	]);
});
