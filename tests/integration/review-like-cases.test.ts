import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { findAccountState } from '#lib/server/account/account-state.ts';
import { readLikeCases } from '#lib/server/review/read-like-cases.ts';
import { inHand, type Held } from '../support/case-in-hand.ts';
import { useDatabase } from '../support/database.ts';
import { declined } from '../support/objection.ts';

const database = useDatabase();

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

async function likeOf({ accountId, applicationId }: Held) {
	const account = await findAccountState(database.db, accountId);
	if (!account) throw new Error('no account');
	return readLikeCases(database.db, { account, reason: 'illness_or_injury', applicationId });
}

test('like cases are the decisions of the same reason and bands, with too few left unsaid', async () => {
	const held = await inHand(database.db);
	expect((await likeOf(held))?.counts).toBeUndefined();
	for (let n = 0; n < 5; n++) await declined(database.db);
	const like = await likeOf(held);
	expect(like?.bands).toMatchObject({ amount: { from: 1_000_000, below: 2_000_000 }, days: { from: 31, below: 61 } });
	const reasons = [{ reason: 'able_to_pay', count: 5 }];
	expect(like?.counts).toEqual({ approved: 0, offered: 0, declined: 5, reasons });
	await sql`alter table decision disable trigger decision_never_changes`.execute(database.owner);
	await sql`update decision set decided_at = decided_at - interval '13 months'`.execute(database.owner);
	expect((await likeOf(held))?.counts).toBeUndefined();
	await sql`update decision set decided_at = decided_at + interval '13 months', owed_total = 2000000`.execute(
		database.owner,
	);
	expect((await likeOf(held))?.counts).toBeUndefined();
	await sql`alter table decision enable trigger decision_never_changes`.execute(database.owner);
});
