import type { FigureName, Figures } from '#lib/domain/overview/figure.ts';
import * as m from '#lib/paraglide/messages.js';
import { shareText, type Whom, whomOf } from './tables.ts';

/** The question that a figure answers. */
export function titleOf(name: FigureName): string {
	return {
		wait: m.overview_wait_title,
		queue: m.overview_queue_title,
		hours: m.overview_hours_title,
		waiting: m.overview_waiting_title,
		outcomes: m.overview_outcomes_title,
		declines: m.overview_declines_title,
		seconds: m.overview_seconds_title,
		looks: m.overview_looks_title,
		lapsed: m.overview_lapsed_title,
		plans: m.overview_plans_title,
	}[name]();
}

/** Whether a figure is told of now, whatever days were asked about. */
export function isOfNow(name: FigureName): boolean {
	return name === 'wait' || name === 'waiting';
}

/** The answer in a sentence, and whether there is anything to draw. */
export interface Headline {
	readonly isEmpty: boolean;
	readonly words: string;
}

type Sum = (...counts: readonly number[]) => number;
const sum: Sum = (...counts) => counts.reduce((all, count) => all + count, 0);
const said = (isEmpty: boolean, none: () => string, words: () => string): Headline => ({
	isEmpty,
	words: isEmpty ? none() : words(),
});

const HEADLINES: { readonly [Name in FigureName]: (figure: Figures[Name]) => Headline } = {
	wait({ ages }) {
		const late = sum(...ages.map((age) => age.late));
		const all = late + sum(...ages.map(({ inTime }) => inTime));
		return said(all === 0, m.overview_wait_none, () => m.overview_wait_words({ all, late }));
	},
	queue(spans) {
		const came = sum(...spans.map((span) => span.came));
		const left = sum(...spans.map((span) => span.left));
		const count = spans.at(-1)?.open ?? 0;
		const isEmpty = spans.every(({ open }) => open === 0) && came + left === 0;
		return said(isEmpty, m.overview_queue_none, () => m.overview_queue_words({ count, came, left }));
	},
	hours(hours) {
		const taken = sum(...hours.map((hour) => hour.taken));
		const decided = sum(...hours.map((hour) => hour.decided));
		return said(taken + decided === 0, m.overview_hours_none, () => m.overview_hours_words({ taken, decided }));
	},
	waiting(waiting) {
		const of = (whom: Whom) => sum(...waiting.map((row) => (whomOf(row.for) === whom ? row.count : 0)));
		const [bank, cardholder, aside] = [of('us'), of('cardholder'), of('nobody')];
		return said(bank + cardholder + aside === 0, m.overview_waiting_none, () =>
			m.overview_waiting_words({ bank, cardholder, aside }),
		);
	},
	outcomes(outcomes) {
		const approved = sum(...outcomes.map(({ counts }) => counts.approved));
		const offered = sum(...outcomes.map(({ counts }) => counts.counter_offered));
		const declined = sum(...outcomes.map(({ counts }) => counts.declined));
		const all = approved + offered + declined;
		return said(all === 0, m.overview_outcomes_none, () =>
			m.overview_outcomes_words({ all, approved, offered, declined }),
		);
	},
	declines(declines) {
		const all = sum(...declines.map(({ count }) => count));
		return said(all === 0, m.overview_declines_none, () => m.overview_declines_words({ all }));
	},
	seconds(seconds) {
		const of = (...ends: readonly string[]) =>
			sum(...seconds.map(({ end, count }) => (ends.includes(end) ? count : 0)));
		const [given, looked] = [of('given'), of('given', 'returned', 'overruled')];
		const isEmpty = seconds.every(({ count }) => count === 0);
		return said(isEmpty, m.overview_seconds_none, () => m.overview_seconds_words({ looked, given }));
	},
	looks({ reviewed, agreed }) {
		const share = shareText(agreed, reviewed);
		return said(reviewed === 0, m.overview_looks_none, () => m.overview_looks_words({ reviewed, agreed, share }));
	},
	lapsed(lapsed) {
		const all = sum(...lapsed.map(({ count }) => count));
		return said(all === 0, m.overview_lapsed_none, () => m.overview_lapsed_words({ all }));
	},
	plans(months) {
		const onTime = sum(...months.map((month) => month.onTime));
		const late = sum(...months.map((month) => month.late));
		const missed = sum(...months.map((month) => month.missed));
		const known = onTime + late + missed;
		return said(months.length === 0, m.overview_plans_none, () =>
			m.overview_plans_words({ known, onTime, late, missed }),
		);
	},
};

/** What a figure says at a glance. */
export function headlineOf<Name extends FigureName>(name: Name, figure: Figures[Name]): Headline {
	return HEADLINES[name](figure);
}
