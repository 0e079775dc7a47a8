import type { Day } from '#lib/domain/day.ts';
import { type FirstDueRefusal, firstDueWindow } from '#lib/domain/plan/first-due-date.ts';
import { dayText } from '#lib/messages/format.ts';
import * as m from '#lib/paraglide/messages.js';
import type { ChooseRefusal } from '#lib/server/application/choose-plan.ts';

type Words = (window: { earliest: string; latest: string }) => string;

const FIRST_DUE: Readonly<Record<FirstDueRefusal, Words>> = {
	not_a_day: m.plans_first_not_a_day,
	first_due_date_past: m.plans_first_past,
	first_due_date_too_soon: m.plans_first_too_soon,
	first_due_date_too_late: m.plans_first_too_late,
};

const REFUSALS: Readonly<Record<Exclude<ChooseRefusal, FirstDueRefusal>, () => string>> = {
	no_draft: m.draft_none,
	already_submitted: m.draft_already_submitted,
	being_checked: m.debt_checked_title,
	not_offered: m.choose_not_offered,
	not_eligible: m.choose_not_eligible,
	nothing_owed: m.plans_nothing_owed,
	currency_not_offered: m.closed_currency,
	instalments_not_offered: m.choose_numbers,
	deferral_not_offered: m.choose_numbers,
	amount_too_large: m.closed_other,
};

/** Why a day cannot be the first due date, and which days can. */
export function firstDueWords(refusal: FirstDueRefusal, today: Day): string {
	const { earliest, latest } = firstDueWindow(today);
	return FIRST_DUE[refusal]({ earliest: dayText(earliest), latest: dayText(latest) });
}

/** Why a plan could not be chosen, and what to do. */
export function chooseRefusalWords(refusal: ChooseRefusal, today: Day): string {
	return isFirstDue(refusal) ? firstDueWords(refusal, today) : REFUSALS[refusal]();
}

function isFirstDue(refusal: ChooseRefusal): refusal is FirstDueRefusal {
	return Object.hasOwn(FIRST_DUE, refusal);
}
