import { dayNumber } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';

/** A balance at the end of a day. */
export interface BalanceOn {
	readonly on: Day;
	readonly total: Minor;
}

/** The paths of a small picture, in units of its view box; without the library that draws the large ones, for it is drawn live. */
export interface BalancePicture {
	readonly width: number;
	readonly height: number;
	/** Where what is owed today stands. */
	readonly todayY: number;
	readonly plan: string;
	readonly course: string;
	/** Whether the course leaves the picture at its top, for it grows beyond what a picture of the plan can hold. */
	readonly leaves: boolean;
}

const WIDTH = 300;
const HEIGHT = 96;
/** The picture is so many times as high as what is owed today: the plan stays its subject. */
const HEADROOM = 1.5;

/**
 * A plan's balance in steps, and beside it a course without a plan up to the plan's last day. Both begin with what is owed
 * today and are in the order of their days; nothing is drawn where today nothing is owed.
 */
export function balancePicture(plan: readonly BalanceOn[], course: readonly BalanceOn[]): BalancePicture | undefined {
	const [first, last] = [plan[0], plan.at(-1)];
	if (!first || !last || first.total <= 0 || last.on <= first.on) return undefined;
	const from = dayNumber(first.on);
	const span = dayNumber(last.on) - from;
	const top = first.total * HEADROOM;
	const x = (on: Day) => ((dayNumber(on) - from) / span) * WIDTH;
	const y = (total: number) => HEIGHT - (Math.max(0, total) / top) * HEIGHT;
	const steps = plan.map(({ on, total }, index) =>
		index === 0 ? `M0 ${text(y(total))}` : `H${text(x(on))}V${text(y(total))}`,
	);
	const within = course.filter(({ on }) => on <= last.on);
	const above = within.findIndex(({ total }) => total > top);
	const drawn = (above < 0 ? within : within.slice(0, above)).map(({ on, total }) => [x(on), y(total)] as const);
	const [before, after] = [within[above - 1], within[above]];
	if (before && after) {
		// It leaves where the line between the two days crosses the top.
		const share = (top - before.total) / (after.total - before.total);
		drawn.push([x(before.on) + share * (x(after.on) - x(before.on)), 0]);
	}
	return {
		width: WIDTH,
		height: HEIGHT,
		todayY: y(first.total),
		plan: steps.join(''),
		course: drawn.map(([across, down], index) => `${index === 0 ? 'M' : 'L'}${text(across)} ${text(down)}`).join(''),
		leaves: above > 0,
	};
}

function text(length: number): string {
	return String(Math.round(length * 10) / 10);
}
