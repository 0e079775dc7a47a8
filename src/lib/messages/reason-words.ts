import type { Reason } from '#lib/domain/application/reason.ts';
import * as m from '#lib/paraglide/messages.js';

const NAMES: Readonly<Record<Reason, () => string>> = {
	unemployment: m.reason_unemployment,
	income_drop: m.reason_income_drop,
	illness_or_injury: m.reason_illness_or_injury,
	family_change: m.reason_family_change,
	business_failure: m.reason_business_failure,
	disaster: m.reason_disaster,
	death_of_earner: m.reason_death_of_earner,
	other: m.reason_other,
};

const HINTS: Readonly<Partial<Record<Reason, () => string>>> = {
	unemployment: m.reason_unemployment_hint,
	income_drop: m.reason_income_drop_hint,
	illness_or_injury: m.reason_illness_or_injury_hint,
	family_change: m.reason_family_change_hint,
	business_failure: m.reason_business_failure_hint,
	disaster: m.reason_disaster_hint,
};

/** A reason as its reader says it. */
export function reasonName(reason: Reason): string {
	return NAMES[reason]();
}

/** What a reason covers, where its name does not say it all. */
export function reasonHint(reason: Reason): string | undefined {
	return HINTS[reason]?.();
}
