import * as v from 'valibot';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findReviewSetting } from '#lib/server/review/review.repository.ts';

/** How the bank runs its queue; the setting `review`. */
export interface ReviewRules {
	/** How long a review stays in one hand without a sign of life. */
	readonly leaseMinutes: number;
	/** Within how many working days the cardholder was promised a decision. */
	readonly promisedWorkingDays: number;
	/** For how many minutes a confirmation stands, before a decision asks for the code or passkey anew. */
	readonly confirmMinutes: number;
}

const schema = v.object({
	leaseMinutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(480)),
	promisedWorkingDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60)),
	confirmMinutes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(60)),
});

/** The rules in force. Throws where the setting is missing or makes no sense: the queue cannot run without it. */
export async function readReviewRules(db: DbOrTrx): Promise<ReviewRules> {
	return parseReviewRules(await findReviewSetting(db));
}

/** The same of a setting that was read with something else. */
export function parseReviewRules(setting: unknown): ReviewRules {
	return v.parse(schema, setting);
}
