import * as v from 'valibot';
import type { WordDays } from '#lib/domain/application/free-words.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findWordsSetting } from '#lib/server/free-words/words.repository.ts';

const days = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(36_500));
const byOutcome = v.object({ approved: days, declined: days, withdrawn: days, expired_draft: days });
const schema = v.object({
	situation: byOutcome,
	asked: byOutcome,
	offer_answer: byOutcome,
	objection: byOutcome,
	decision: byOutcome,
	note: byOutcome,
});

/**
 * For how long free words are kept, by kind and outcome; the setting `words_retention`, beside that of evidence. Throws where it is
 * missing or makes no sense: nothing is erased by a rule that nobody wrote.
 */
export async function readWordDays(db: DbOrTrx): Promise<WordDays> {
	return v.parse(schema, await findWordsSetting(db));
}
