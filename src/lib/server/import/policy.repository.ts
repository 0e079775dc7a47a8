import { isDeepStrictEqual } from 'node:util';
import type { Trx } from '#lib/server/db/connect.ts';
import { type PolicyVersionGiven, readTerms } from '#lib/server/import/policies-file.ts';

/** The day under which a version is kept that holds from the beginning; the first that a day can be. */
const FROM_THE_BEGINNING = '1900-01-01';

/** What became of a version: new, said already, or told otherwise before. */
export type PolicyTaken = 'added' | 'changed' | 'unchanged' | 'refused';

/**
 * Takes one version of a policy. A version that accounts follow never changes, for that would change what was computed
 * under it: another one with a later `effectiveOn` takes its place. One that nobody follows yet is replaced.
 */
export async function takePolicy(trx: Trx, { code, effectiveOn, terms }: PolicyVersionGiven): Promise<PolicyTaken> {
	const effective_on = effectiveOn ?? FROM_THE_BEGINNING;
	const row = { code, effective_on, terms: JSON.stringify(terms) };
	const inserted = await trx
		.insertInto('policy')
		.values(row)
		.onConflict((conflict) => conflict.doNothing())
		.returning('code')
		.executeTakeFirst();
	if (inserted) return 'added';
	const known = await trx
		.selectFrom('policy')
		.select('terms')
		.where('code', '=', code)
		.where('effective_on', '=', effective_on)
		.forUpdate()
		.executeTakeFirstOrThrow();
	if (isDeepStrictEqual(readTerms(known.terms), readTerms(terms))) return 'unchanged';
	const follower = await trx
		.selectFrom('account')
		.select('id')
		.where('policy_code', '=', code)
		.limit(1)
		.executeTakeFirst();
	if (follower) return 'refused';
	await trx
		.updateTable('policy')
		.set({ terms: row.terms })
		.where('code', '=', code)
		.where('effective_on', '=', effective_on)
		.execute();
	return 'changed';
}
