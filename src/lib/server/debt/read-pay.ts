import { type HowToPay, readHowToPay } from '#lib/domain/account/how-to-pay.ts';
import { owed } from '#lib/domain/account/owed.ts';
import { type Payoff, payoff, withPayment } from '#lib/domain/account/payoff.ts';
import { project } from '#lib/domain/account/projection.ts';
import { addDays } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findHowToPaySetting } from '#lib/server/debt/debt.repository.ts';
import { type DebtRefusal, type DebtRequest, findSoundAccount } from '#lib/server/debt/sound-account.ts';

/** What can be paid and what comes of it. */
export interface Pay {
	readonly cardLast4: string;
	readonly currency: string;
	readonly totalOutstanding: Minor;
	readonly daysPastDue: number;
	/** Where the payment is posted today. */
	readonly today: Payoff;
	/** Where it is posted tomorrow. */
	readonly tomorrow: Payoff;
	readonly tomorrowOn: Day;
	/** One day's interest that goes on after paying what gets current today. */
	readonly dailyInterestOnceCurrent: Minor;
	/** What stays owed, unbilled interest and fees included, after paying what stops interest today. */
	readonly leftOnceStopped: Minor;
	readonly howToPay: HowToPay | undefined;
}

/** What the owner can pay to get current, to stop interest, to be free of it all, and how at this bank. */
export async function readPay(
	db: DbOrTrx,
	{ owner, today }: DebtRequest,
): Promise<{ readonly ok: true; readonly pay: Pay } | DebtRefusal> {
	const found = await findSoundAccount(db, owner);
	if (!found.ok) return found;
	const { cardLast4, currency, history, timeline } = found.account;
	const now = owed(history, timeline, today);
	const sums = payoff(history, timeline, today);
	const tomorrowOn = addDays(today, 1);
	const tomorrow = project(history, timeline, today, 'nothing', tomorrowOn).history;
	const once = (amount: Minor) => owed(withPayment(history, today, amount), timeline, today);
	return {
		ok: true,
		pay: {
			cardLast4,
			currency: currency.code,
			totalOutstanding: now.totalOutstanding,
			daysPastDue: now.daysPastDue,
			today: sums,
			tomorrow: payoff(tomorrow, timeline, tomorrowOn),
			tomorrowOn,
			dailyInterestOnceCurrent: once(sums.getCurrent).dailyInterest,
			leftOnceStopped: once(sums.stopInterest).totalOutstanding,
			howToPay: readHowToPay(await findHowToPaySetting(db)),
		},
	};
}
