import type { DayChange } from '#lib/domain/account/explanation-step.ts';
import { type Explanation, explanation, MONTHS_TOLD } from '#lib/domain/account/explanation.ts';
import { dayToWaitFor, lastDayToAsk, nextFriday, type Waiting, waiting } from '#lib/domain/account/waiting.ts';
import { addDays } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { type DebtRefusal, type DebtRequest, findSoundAccount } from '#lib/server/debt/sound-account.ts';

/** Why an account owes what it owes, and what waiting adds. */
export interface Why {
	readonly cardLast4: string;
	readonly currency: string;
	readonly told: Omit<Explanation, 'days'>;
	/** The days of the month that was asked for, the newest first. */
	readonly days: readonly DayChange[];
	/** Whether months before the first one told can be asked for. */
	readonly hasEarlier: boolean;
	readonly waiting: Waiting;
	/** What was typed as a day to wait until, where it cannot be taken. */
	readonly notADay: string | undefined;
	/** The bounds of the days that one can ask for. */
	readonly ask: { readonly from: Day; readonly to: Day };
}

/** How far back one can ask; what was before that is one sum. */
const MOST_MONTHS = 60;

/** The owner's account told day by day. `until`, `month` (`YYYY-MM`) and `earlier` are what the reader asked for. */
export async function readWhy(
	db: DbOrTrx,
	{
		owner,
		today,
		until,
		month,
		earlier = false,
	}: DebtRequest & {
		readonly until?: string | undefined;
		readonly month?: string | undefined;
		readonly earlier?: boolean;
	},
): Promise<{ readonly ok: true; readonly why: Why } | DebtRefusal> {
	const found = await findSoundAccount(db, owner);
	if (!found.ok) return found;
	const { cardLast4, currency, history, timeline } = found.account;
	const { days, ...told } = explanation(history, timeline, today, earlier ? MOST_MONTHS : MONTHS_TOLD);
	const asked = until === undefined ? undefined : dayToWaitFor(until, today);
	return {
		ok: true,
		why: {
			cardLast4,
			currency: currency.code,
			told,
			days: days.filter(({ on }) => on.slice(0, 7) === month).reverse(),
			hasEarlier: !earlier && history.postings.some(({ postedOn }) => postedOn < told.opening.before),
			waiting: waiting(history, timeline, today, asked ?? nextFriday(today)),
			notADay: asked === undefined && until !== '' ? until : undefined,
			ask: { from: addDays(today, 1), to: lastDayToAsk(today) },
		},
	};
}
