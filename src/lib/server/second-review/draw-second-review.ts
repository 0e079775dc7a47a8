import { randomInt } from 'node:crypto';
import * as v from 'valibot';
import type { Trx } from '#lib/server/db/connect.ts';
import { findSecondReviewSetting, insertDrawn } from '#lib/server/second-review/second-review.repository.ts';

const schema = v.object({ percent: v.pipe(v.number(), v.minValue(0), v.maxValue(100)) });

/** In hundredths of a percent: a share of half a percent can be asked for too. */
const LOTS = 10_000;

/** Draws a whole number from 0 up to `below`. */
export type Draw = (below: number) => number;

/** Draws whether a decision is looked at a second time, by the bank's share; nobody who decides can tell beforehand. */
export async function drawSecondReview(
	trx: Trx,
	decided: { applicationId: string; decisionId: string; at: Date },
	draw: Draw = randomInt,
): Promise<void> {
	const { percent } = v.parse(schema, await findSecondReviewSetting(trx));
	if (draw(LOTS) < percent * (LOTS / 100)) await insertDrawn(trx, decided);
}
