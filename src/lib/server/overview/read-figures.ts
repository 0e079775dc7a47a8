import type { DayRange } from '#lib/domain/overview/day-range.ts';
import { type FigureName, type Figures, FIGURES, LAPSES, WAITING_FOR } from '#lib/domain/overview/figure.ts';
import { queueLengths } from '#lib/domain/overview/queue-length.ts';
import { waitingByAge } from '#lib/domain/overview/waiting-age.ts';
import { REASONS } from '#lib/domain/application/reason.ts';
import { getKeepingRules } from '#lib/server/agreement/keeping-rules.ts';
import { now, today } from '#lib/server/clock.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import * as figures from '#lib/server/overview/figures.repository.ts';
import { countKept, countWaitingFor } from '#lib/server/overview/standing.repository.ts';
import { readDeclineNames } from '#lib/server/review/decline-rules.ts';
import { readReviewRules } from '#lib/server/review/review-rules.ts';
import { readWorkCalendar } from '#lib/server/review/work-calendar.ts';
import { readAgreement } from '#lib/server/second-review/read-agreement.ts';

type Reader<Name extends FigureName> = (trx: Trx, asked: figures.Asked) => Promise<Figures[Name]>;

const NONE = { count: 0, oldest: null, due: null };

/** One reader a figure, each one question to the database: a figure to come is one more line here. */
const READERS: { readonly [Name in FigureName]: Reader<Name> } = {
	async wait(trx, asked) {
		const { promisedWorkingDays: promised } = await readReviewRules(trx);
		const queued = await figures.countWaitingByDay(trx, asked);
		return {
			promised,
			ages: waitingByAge(queued, { today: today(), promised, calendar: await readWorkCalendar(trx) }),
		};
	},
	async queue(trx, asked) {
		const { openNow, moves } = await figures.readQueueMoves(trx, asked);
		return queueLengths(openNow, moves, asked.range);
	},
	async hours(trx, asked) {
		const counted = new Map((await figures.countByHour(trx, asked)).map((row) => [row.hour, row]));
		return Array.from({ length: 24 }, (_, hour) => counted.get(hour) ?? { hour, taken: 0, decided: 0 });
	},
	async outcomes(trx, asked) {
		const counted = await figures.countOutcomes(trx, asked);
		const none = { approved: 0, counter_offered: 0, declined: 0 };
		return [...REASONS, null].flatMap((reason) => {
			const own = counted.filter((row) => row.reason === reason).map(({ outcome, count }) => [outcome, count]);
			return own.length === 0 ? [] : [{ reason, counts: { ...none, ...Object.fromEntries(own) } }];
		});
	},
	async declines(trx, asked) {
		const counted = await figures.countDeclines(trx, asked);
		const names = await readDeclineNames(trx);
		return counted.map(({ code, count }) => ({ reason: code, words: (code && names[code]) || null, count }));
	},
	async waiting(trx, asked) {
		const counted = await countWaitingFor(trx, asked);
		return WAITING_FOR.map((what) => counted.find((row) => row.for === what) ?? { for: what, ...NONE });
	},
	async looks(trx, { range }) {
		return readAgreement(trx, range);
	},
	async lapsed(trx, asked) {
		const counted = await figures.countLapses(trx, asked);
		return LAPSES.map((what) => ({ what, count: counted[what] }));
	},
	async seconds(trx, asked) {
		const counted = await figures.countProposalEnds(trx, asked);
		const ends = ['given', 'returned', 'overruled', 'changed', 'withdrawn'] as const;
		return ends.map((end) => counted.find((row) => row.end === end) ?? { end, count: 0 });
	},
	async plans(trx, asked) {
		return countKept(trx, asked, { today: today(), ...(await getKeepingRules(trx)) });
	},
};

/** One figure of a range of days in the bank's zone; what is told of now does not depend on them. */
export async function readFigure<Name extends FigureName>(db: Db, name: Name, range: DayRange): Promise<Figures[Name]> {
	return figures.withCounting(db, (trx) => READERS[name](trx, askedOf(range)));
}

/** Every figure of a range, as of one moment; one question after another, since an overview is not worth the whole pool. */
export async function readFigures(db: Db, range: DayRange): Promise<Figures> {
	return figures.withCounting(db, async (trx) => {
		const read: Partial<Record<FigureName, Figures[FigureName]>> = {};
		for (const name of FIGURES) read[name] = await READERS[name](trx, askedOf(range));
		return read as Figures;
	});
}

function askedOf(range: DayRange): figures.Asked {
	return { range, timeZone: env().bankTimeZone, at: now() };
}
