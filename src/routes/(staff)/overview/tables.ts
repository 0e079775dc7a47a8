import type { FigureName, Figures, Lapse, WaitingFor } from '#lib/domain/overview/figure.ts';
import type { QueueSpan } from '#lib/domain/overview/queue-length.ts';
import type { WaitedDays } from '#lib/domain/overview/waiting-age.ts';
import type { ProposalEnd } from '#lib/domain/review/approval.ts';
import { daysText, monthText } from '#lib/messages/debt-format.ts';
import { dayShort, percentText } from '#lib/messages/format.ts';
import { wordsIn } from '#lib/domain/words.ts';
import * as m from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { FigureTable } from '#lib/server/overview/write-csv.ts';
import { reasonText } from '../desk/words.ts';

/** Each figure as the table that stands under its plot and in its file. */
const TABLES: { readonly [Name in FigureName]: (figure: Figures[Name]) => FigureTable } = {
	wait: ({ ages }) => ({
		columns: [m.overview_wait_days(), m.overview_wait_in_time(), m.overview_wait_late(), m.overview_sum()],
		rows: ages.map((age) => [waitedText(age, ages), age.inTime, age.late, age.inTime + age.late]),
	}),
	queue: (spans) => ({
		columns: [m.overview_queue_span(), m.overview_queue_came(), m.overview_queue_left(), m.overview_queue_open()],
		rows: spans.map((span) => [spanText(span), span.came, span.left, span.open]),
	}),
	hours: (hours) => ({
		columns: [m.overview_hours_hour(), m.overview_hours_taken(), m.overview_hours_decided()],
		rows: hours.map(({ hour, taken, decided }) => [hourText(hour), taken, decided]),
	}),
	waiting: (waiting) => ({
		columns: [
			m.overview_waiting_what(),
			m.overview_waiting_whom(),
			m.overview_count(),
			m.overview_waiting_oldest(),
			m.overview_waiting_due(),
		],
		rows: waiting.map(({ for: what, count, oldest, due }) => [
			waitingText(what),
			WHOM[whomOf(what)](),
			count,
			oldest === null ? '' : dayShort(oldest),
			due === null ? '' : dayShort(due),
		]),
	}),
	outcomes: (outcomes) => ({
		columns: [
			m.overview_outcomes_reason(),
			m.overview_outcomes_approved(),
			m.overview_outcomes_offered(),
			m.overview_outcomes_declined(),
			m.overview_sum(),
		],
		rows: outcomes.map(({ reason, counts: { approved, counter_offered: offered, declined } }) => [
			reasonText(reason),
			approved,
			offered,
			declined,
			approved + offered + declined,
		]),
	}),
	declines: (declines) => ({
		columns: [m.overview_declines_reason(), m.overview_count()],
		rows: declines.map((decline) => [declineLabel(decline), decline.count]),
	}),
	seconds: (seconds) => ({
		columns: [m.overview_seconds_end(), m.overview_count()],
		rows: seconds.map(({ end, count }) => [endText(end), count]),
	}),
	looks: ({ reviewed, agreed }) => ({
		columns: [m.overview_looks_what(), m.overview_count(), m.overview_looks_share()],
		rows: [
			[m.overview_looks_agreed(), agreed, shareText(agreed, reviewed)],
			[m.overview_looks_differed(), reviewed - agreed, shareText(reviewed - agreed, reviewed)],
		],
	}),
	lapsed: (lapsed) => ({
		columns: [m.overview_lapsed_what(), m.overview_count()],
		rows: lapsed.map(({ what, count }) => [lapseText(what), count]),
	}),
	plans: (months) => ({
		columns: [
			m.overview_plans_month(),
			m.overview_plans_on_time(),
			m.overview_plans_late(),
			m.overview_plans_missed(),
			m.overview_plans_open(),
		],
		rows: months.map(({ month, onTime, late, missed, open }) => [monthText(month), onTime, late, missed, open]),
	}),
};

/** A figure in the words of whoever reads it. */
export function tableOf<Name extends FigureName>(name: Name, figure: Figures[Name]): FigureTable {
	return TABLES[name](figure);
}

/** Why it was declined, in the bank's words; its code where it has none any more. */
export function declineLabel({ reason, words }: Figures['declines'][number]): string {
	return words ? wordsIn(words, getLocale()) : (reason ?? m.desk_unknown());
}

/** How many working days, the last of the list with those beyond. */
export function waitedText({ days }: WaitedDays, ages: readonly WaitedDays[], isShort = false): string {
	if (days < ages.length - 1) return String(days);
	return isShort ? m.overview_wait_short_more({ days }) : m.overview_wait_more({ days });
}

function spanText({ from, to }: QueueSpan): string {
	return from === to ? dayShort(from) : daysText(from, to);
}

/** An hour of the day as it begins: "09:00". */
export function hourText(hour: number): string {
	return `${String(hour).padStart(2, '0')}:00`;
}

/** For what something waits. */
export function waitingText(what: WaitingFor): string {
	return {
		agent: m.overview_waiting_agent,
		in_hand: m.overview_waiting_in_hand,
		second: m.overview_waiting_second,
		more_requested: m.overview_waiting_more_requested,
		offer_answer: m.overview_waiting_offer_answer,
		signature: m.overview_waiting_signature,
		aside: m.overview_waiting_aside,
	}[what]();
}

/** Whose turn it is; nobody's while a hold stands. */
export type Whom = 'us' | 'cardholder' | 'nobody';

const WHOM: Readonly<Record<Whom, () => string>> = {
	us: m.overview_whom_us,
	cardholder: m.overview_whom_cardholder,
	nobody: m.overview_whom_nobody,
};

/** Whose turn it is. */
export function whomOf(what: WaitingFor): Whom {
	if (what === 'aside') return 'nobody';
	return what === 'more_requested' || what === 'offer_answer' || what === 'signature' ? 'cardholder' : 'us';
}

/** A part of a whole in whole percent; empty where the whole is nought. */
export function shareText(part: number, whole: number): string {
	return whole === 0 ? '' : percentText(String(Math.round((100 * part) / whole)));
}

/** What came of what the first of two decided. */
export function endText(end: ProposalEnd): string {
	return {
		given: m.overview_seconds_given,
		returned: m.overview_seconds_returned,
		overruled: m.overview_seconds_overruled,
		changed: m.overview_seconds_changed,
		withdrawn: m.overview_seconds_withdrawn,
	}[end]();
}

/** What ran out of time. */
export function lapseText(what: Lapse): string {
	return { offer: m.overview_lapsed_offer, signing: m.overview_lapsed_signing, plan: m.overview_lapsed_plan }[what]();
}
