import type { InstalmentStanding, InstalmentState } from '#lib/domain/agreement/standing.ts';
import { dayOfMonth } from '#lib/messages/debt-format.ts';
import { amountText } from '#lib/messages/format.ts';
import * as m from '#lib/paraglide/messages.js';
import type { ReadPlan } from '#lib/server/agreement/read-plan.ts';

/** Where an instalment is, in a word or two; of a plan that has ended, what became of it. */
export function stateWords(of: InstalmentStanding, { life, currency }: ReadPlan): string {
	if (of.state !== 'paid' && life.status === 'completed') return m.keeping_state_spared();
	if (of.state !== 'paid' && life.status === 'lapsed') return m.keeping_state_ended();
	return WORDS[of.state](of, currency);
}

const WORDS: Readonly<Record<InstalmentState, (of: InstalmentStanding, currency: string) => string>> = {
	paid: ({ settledOn }) =>
		settledOn === undefined ? m.keeping_state_paid() : m.keeping_state_paid_on({ day: dayOfMonth(settledOn) }),
	missed: () => m.keeping_state_missed(),
	due_today: () => m.keeping_state_due_today(),
	part_paid: ({ paid }, currency) => m.keeping_state_part_paid({ paid: amountText(paid, currency) }),
	next: () => m.keeping_state_next(),
	later: () => m.keeping_state_later(),
};
