import * as v from 'valibot';
import { REASONS } from '#lib/domain/application/reason.ts';
import { currencyOf, parseAmount } from '#lib/domain/money.ts';
import { type QueuePolicy, queuePlace, SKILLS } from '#lib/domain/review/queue-policy.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { type FactsRow, findQueueSetting, type PlaceRow } from '#lib/server/review/place.repository.ts';
import { readReviewRules } from '#lib/server/review/review-rules.ts';
import { readWorkCalendar } from '#lib/server/review/work-calendar.ts';

const priority = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(9));
const when = v.strictObject({
	reasons: v.optional(v.pipe(v.array(v.picklist(REASONS)), v.minLength(1))),
	amountFrom: v.optional(
		v.record(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)), v.pipe(v.string(), v.regex(/^\d+(\.\d+)?$/))),
	),
	needsSecond: v.optional(v.boolean()),
});
const schema = v.strictObject({
	priorities: v.array(v.strictObject({ when, priority })),
	otherwise: priority,
	promisedWorkingDays: v.record(v.pipe(v.string(), v.digits()), v.pipe(v.number(), v.integer(), v.minValue(0))),
	skills: v.array(v.strictObject({ when, skill: v.picklist(SKILLS) })),
});

/** The policy in force. Throws where the setting is missing or makes no sense: nothing could be queued. */
export async function readQueuePolicy(db: DbOrTrx): Promise<QueuePolicy> {
	return v.parse(schema, await findQueueSetting(db));
}

/** How the place of any application is worked out by the rules in force. */
export async function readPlacing(db: DbOrTrx): Promise<(facts: FactsRow, queuedAt: Date) => PlaceRow> {
	const policy = await readQueuePolicy(db);
	const { promisedWorkingDays } = await readReviewRules(db);
	const calendar = await readWorkCalendar(db);
	const timeZone = env().bankTimeZone;
	return ({ applicationId, locale, totalOutstanding, ...facts }, queuedAt) => {
		const amount =
			totalOutstanding === null ? null : (parseAmount(totalOutstanding, currencyOf(facts.currency)) ?? null);
		const place = queuePlace(policy, { ...facts, amount }, { queuedAt, promisedWorkingDays, timeZone, calendar });
		return { ...place, applicationId, language: locale };
	};
}
