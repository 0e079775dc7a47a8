import { type Outlook, outlook, type TotalOn } from '#lib/domain/account/outlook.ts';
import { type Waiting, waiting } from '#lib/domain/account/waiting.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import { findPlanSummary } from '#lib/server/agreement/plan-summary.ts';
import { findCurrentApplication } from '#lib/server/application/draft.ts';
import { now } from '#lib/server/clock.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { type DebtRefusal, type DebtRequest, findSoundAccount } from '#lib/server/debt/sound-account.ts';
import { findQuote, type ReadQuote } from '#lib/server/plan/read-quote.ts';

/** What was owed until today, and where two or three courses lead. */
export interface Ahead {
	readonly cardLast4: string;
	readonly currency: string;
	readonly outlook: Outlook;
	/** Doing nothing until the horizon, split into interest and fees. */
	readonly nothing: Waiting;
	readonly plan: PlanAhead | undefined;
}

/** The plan that the open application holds, or that was signed and is kept. */
export interface PlanAhead {
	readonly isSigned: boolean;
	readonly names: Readonly<Record<string, string>>;
	readonly quotedOn: Day;
	readonly principal: Minor;
	readonly instalments: number;
	/** Its whole cost, to its end. */
	readonly totalInterest: Minor;
	/** What is paid by the horizon. */
	readonly paid: Minor;
	readonly lastDueDate: Day;
	/** What is left of its principal: from the quote's day on, then after each instalment up to the horizon. */
	readonly days: readonly TotalOn[];
}

/** The owner's account, back to the first missed due date and ahead to the horizon. */
export async function readAhead(
	db: DbOrTrx,
	{ owner, today }: DebtRequest,
): Promise<{ readonly ok: true; readonly ahead: Ahead } | DebtRefusal> {
	const found = await findSoundAccount(db, owner);
	if (!found.ok) return found;
	const { cardLast4, currency, history, timeline } = found.account;
	const courses = outlook(history, timeline, today);
	const horizon = courses.nothing.days.at(-1)?.on ?? today;
	const application = await findCurrentApplication(db, owner);
	const agreed =
		application?.status === 'approved' ? await findPlanSummary(db, { owner, today, at: now() }) : undefined;
	const isOpen = application && application.status !== 'declined' && agreed?.kind !== 'ended';
	const quote = isOpen
		? await findQuote(db, { quoteId: application.quoteId, applicationId: application.id })
		: undefined;
	const isSigned = agreed?.kind === 'kept';
	return {
		ok: true,
		ahead: {
			cardLast4,
			currency: currency.code,
			outlook: courses,
			nothing: waiting(history, timeline, today, horizon),
			plan: quote?.plan.currency === currency.code ? { ...planAhead(quote, today, horizon), isSigned } : undefined,
		},
	};
}

function planAhead({ names, plan }: ReadQuote, today: Day, horizon: Day): Omit<PlanAhead, 'isSigned'> {
	const due = plan.rows.filter(({ dueDate }) => dueDate <= horizon);
	const owedOn = (day: Day) => due.findLast(({ dueDate }) => dueDate <= day)?.balanceAfter ?? plan.principal;
	const ahead = due.filter(({ dueDate }) => dueDate > today);
	return {
		names,
		quotedOn: plan.asOf,
		principal: plan.principal,
		instalments: plan.instalments,
		totalInterest: plan.totalInterest,
		paid: due.reduce((sum, { total }) => sum + total, 0),
		lastDueDate: plan.rows.at(-1)?.dueDate ?? horizon,
		days: [
			{ on: today, total: owedOn(today) },
			...ahead.map(({ dueDate, balanceAfter }) => ({ on: dueDate, total: balanceAfter })),
			{ on: horizon, total: owedOn(horizon) },
		],
	};
}
