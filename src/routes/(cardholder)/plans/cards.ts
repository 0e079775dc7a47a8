import { type AgainstCourses, againstCourses } from '#lib/domain/plan/against-courses.ts';
import { type PlanOption, workOutOption } from '#lib/domain/plan/option.ts';
import { figuresOfQuote, type PlanFigures } from '#lib/domain/plan/plan-figures.ts';
import type { PageData } from './$types';

type Offer = PageData['offers'][number];

/** A plan as its card shows it. */
export interface Card extends Offer, Pick<PlanOption, 'choice' | 'fit' | 'leastMonthly'> {
	readonly plan: PlanFigures;
	readonly against: AgainstCourses | undefined;
	readonly isChosen: boolean;
}

/** The cards for what is picked and named. */
export function cardsOf({ offers, account, budget, courses, chosen, picks, mostMonthly }: PageData): Card[] {
	return offers.flatMap(({ name, lang, terms }) => {
		const pick = Object.hasOwn(picks, terms.code) ? picks[terms.code] : undefined;
		const worked = workOutOption(terms, account, { pick, mostMonthly, surplus: budget.surplus });
		if (!worked.ok) return [];
		const { choice, fit, leastMonthly, quote } = worked.option;
		const plan = figuresOfQuote(quote);
		const isChosen =
			chosen?.code === terms.code &&
			chosen.instalments === choice.instalments &&
			chosen.deferralMonths === choice.deferralMonths &&
			chosen.firstDueDate === plan.firstDueDate;
		return [{ name, lang, terms, choice, fit, leastMonthly, plan, against: againstCourses(plan, courses), isChosen }];
	});
}

/** From the least that any plan can ask a month to the most, for a slider in whole units of the currency. */
export function sliderOf({ offers, account }: PageData, unit: number): { min: number; max: number; step: number } {
	const highest = (terms: Offer['terms'], instalments: number) => {
		const deferralMonths = terms.deferralMonths[0] ?? 0;
		const worked = workOutOption(terms, account, {
			pick: { instalments, deferralMonths },
			mostMonthly: null,
			surplus: null,
		});
		return worked.ok ? worked.option.quote.highestInstalment : 0;
	};
	const spread = offers.filter(({ terms }) => Math.max(...terms.instalments) > 1);
	const least = spread.map(({ terms }) => highest(terms, Math.max(...terms.instalments)));
	const most = spread.map(({ terms }) => highest(terms, Math.min(...terms.instalments.filter((count) => count > 1))));
	const [from, to] = [Math.min(...least) / unit, Math.max(...most) / unit];
	const step = to > 5_000 ? 50 : to > 500 ? 10 : 1;
	return { min: Math.ceil(from / step) * step, max: Math.ceil(to / step) * step, step };
}
