import { expect, test } from 'vitest';
import { NEXT, STATUSES } from '#lib/domain/application/status.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();

test('the database makes the very moves that the domain calls legal, and nobody who serves adds one', async () => {
	const rows = await database.db.selectFrom('application_move').selectAll().execute();
	const legal = STATUSES.flatMap((from) => NEXT[from].map((to) => `${from} to ${to}`));
	expect(rows.map(({ from_status, to_status }) => `${from_status} to ${to_status}`).sort()).toEqual(legal.sort());
	const added = database.db.insertInto('application_move').values({ from_status: 'draft', to_status: 'approved' });
	await expect(added.execute()).rejects.toThrow(/permission denied/);
});
