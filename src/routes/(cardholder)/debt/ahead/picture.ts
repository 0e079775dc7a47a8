import type { ChartSeries } from '#lib/components/line-chart.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import { amountText, dayText } from '#lib/messages/format.ts';
import { sentences } from '#lib/messages/sentences.ts';
import * as m from '#lib/paraglide/messages.js';
import type { Ahead } from '#lib/server/debt/read-ahead.ts';

/** The lines of the picture, the past first. */
export function seriesOf({ outlook, plan }: Ahead): ChartSeries[] {
	const { past, nothing, minimum } = outlook;
	// Every course starts from what is owed now: what is paid or waived today is a drop of its line.
	const now = past.slice(-1);
	return [
		{ kind: 'past', label: undefined, points: past },
		{ kind: 'nothing', label: m.ahead_line_nothing(), points: nothing.days },
		...(minimum.paid > 0
			? [{ kind: 'minimum', label: m.ahead_line_minimum(), points: [...now, ...minimum.days] } as const]
			: []),
		...(plan
			? [{ kind: 'plan', label: m.ahead_line_plan(), points: [...now, ...plan.days], stepped: true } as const]
			: []),
	];
}

/** The picture in words. */
export function describe({ outlook, plan, currency }: Ahead): string {
	const { today, past, nothing, minimum } = outlook;
	const text = (amount: Minor | undefined) => amountText(amount ?? 0, currency);
	const end = nothing.days.at(-1);
	const to = dayText(end?.on ?? today);
	return sentences(
		m.ahead_chart_desc_past({
			from: dayText(past[0]?.on ?? today),
			today: dayText(today),
			first: text(past[0]?.total),
			last: text(past.at(-1)?.total),
		}),
		m.ahead_chart_desc_nothing({ to, total: text(end?.total) }),
		minimum.paid > 0 && m.ahead_chart_desc_minimum({ to, total: text(minimum.days.at(-1)?.total) }),
		plan && m.ahead_chart_desc_plan({ to, total: text(plan.days.at(-1)?.total) }),
	);
}

/** A row of the table behind the picture: the past's one total, or one for each course. */
export interface PictureRow {
	readonly on: Day;
	readonly nothing: Minor;
	readonly minimum: Minor | undefined;
	readonly plan: Minor | undefined;
}

/** Every week from today, the past every so many that a dozen rows tell it; the first and the last day always. */
export function tableOf({ outlook, plan }: Ahead): PictureRow[] {
	const { today, past, nothing, minimum } = outlook;
	const weeks = Math.max(1, Math.ceil(past.length / 7 / 12));
	const back = past.filter(
		({ on }, index) => on < today && (index === 0 || (past.length - 1 - index) % (weeks * 7) === 0),
	);
	const planOn = (day: Day) => plan?.days.findLast(({ on }) => on <= day)?.total;
	const ahead = nothing.days
		.map(({ on, total }, index) => ({
			on,
			nothing: total,
			minimum: minimum.paid > 0 ? minimum.days[index]?.total : undefined,
			plan: planOn(on),
		}))
		.filter(({ on }, index) => index % 7 === 0 || on === nothing.days.at(-1)?.on);
	return [...back.map(({ on, total }) => ({ on, nothing: total, minimum: undefined, plan: undefined })), ...ahead];
}

/** The first day of the picture and the last. */
export function spanOf({ outlook }: Ahead): { from: Day; to: Day } {
	return {
		from: outlook.past[0]?.on ?? outlook.today,
		to: outlook.nothing.days.at(-1)?.on ?? outlook.today,
	};
}
