import type { PlotRow, PlotSeries } from '#lib/components/plot-series.ts';
import type { Figures } from '#lib/domain/overview/figure.ts';
import * as m from '#lib/paraglide/messages.js';
import { reasonText } from '../desk/words.ts';
import { declineLabel, endText, lapseText, waitedText, waitingText, type Whom, whomOf } from './tables.ts';
import { axisDays } from '#lib/messages/debt-format.ts';

/** What a plot of columns or bars is drawn from. */
export interface PlotData {
	readonly rows: readonly PlotRow[];
	readonly series: readonly PlotSeries[];
}

const plain = (rows: readonly PlotRow[]): PlotData => ({ rows, series: [{ name: m.overview_count(), tone: 'main' }] });

export function waitPlot({ ages }: Figures['wait']): PlotData {
	return {
		series: [
			{ name: m.overview_wait_in_time(), tone: 'main' },
			{ name: m.overview_wait_late(), tone: 'overdue' },
		],
		rows: ages.map((age) => ({
			label: waitedText(age, ages, true),
			values: [age.inTime, age.late],
		})),
	};
}

export function hoursPlot(hours: Figures['hours']): PlotData {
	return {
		series: [
			{ name: m.overview_hours_taken(), tone: 'quiet' },
			{ name: m.overview_hours_decided(), tone: 'main' },
		],
		rows: hours.map(({ hour, taken, decided }) => ({ label: String(hour), values: [taken, decided] })),
	};
}

const SIDES = ['us', 'cardholder', 'nobody'] as const satisfies readonly Whom[];

export function waitingPlot(waiting: Figures['waiting']): PlotData {
	return {
		series: [
			{ name: m.overview_waiting_us(), tone: 'main' },
			{ name: m.overview_waiting_cardholder(), tone: 'second' },
			{ name: m.overview_waiting_nobody(), tone: 'quiet' },
		],
		rows: waiting.map(({ for: what, count }) => ({
			label: waitingText(what),
			values: SIDES.map((whom) => (whomOf(what) === whom ? count : 0)),
		})),
	};
}

export function outcomesPlot(outcomes: Figures['outcomes']): PlotData {
	return {
		series: [
			{ name: m.overview_outcomes_approved(), tone: 'done' },
			{ name: m.overview_outcomes_offered(), tone: 'second' },
			{ name: m.overview_outcomes_declined(), tone: 'quiet' },
		],
		rows: outcomes.map(({ reason, counts }) => ({
			label: reasonText(reason),
			values: [counts.approved, counts.counter_offered, counts.declined],
		})),
	};
}

export function declinesPlot(declines: Figures['declines']): PlotData {
	return plain(declines.map((decline) => ({ label: declineLabel(decline), values: [decline.count] })));
}

export function secondsPlot(seconds: Figures['seconds']): PlotData {
	return plain(seconds.map(({ end, count }) => ({ label: endText(end), values: [count] })));
}

export function looksPlot({ reviewed, agreed }: Figures['looks']): PlotData {
	return plain([
		{ label: m.overview_looks_agreed(), values: [agreed] },
		{ label: m.overview_looks_differed(), values: [reviewed - agreed] },
	]);
}

export function lapsedPlot(lapsed: Figures['lapsed']): PlotData {
	return plain(lapsed.map(({ what, count }) => ({ label: lapseText(what), values: [count] })));
}

export function plansPlot(months: Figures['plans']): PlotData {
	const labels = axisDays(months.map(({ month }) => `${month}-01`));
	return {
		series: [
			{ name: m.overview_plans_on_time(), tone: 'done' },
			{ name: m.overview_plans_late(), tone: 'soon' },
			{ name: m.overview_plans_missed(), tone: 'overdue' },
			{ name: m.overview_plans_open(), tone: 'quiet' },
		],
		rows: months.map(({ onTime, late, missed, open }, index) => ({
			label: labels[index] ?? '',
			values: [onTime, late, missed, open],
		})),
	};
}
