import type { LapseBalance } from '#lib/domain/agreement/lapse.ts';
import { cureUntil, lapseBalance } from '#lib/domain/agreement/lapse.ts';
import { type Settlement, settlement } from '#lib/domain/agreement/settlement.ts';
import { type Standing, standing } from '#lib/domain/agreement/standing.ts';
import { addDays, type Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import type { Waived } from '#lib/domain/plan/waiver.ts';
import { findOwnAccountState } from '#lib/server/account/account-state.ts';
import type { Owner } from '#lib/server/agreement/agreement.repository.ts';
import { type EventRow, selectEvents, selectOwnSigned } from '#lib/server/agreement/keeping.repository.ts';
import { getSignedPlan } from '#lib/server/agreement/standing-plan.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** What a plan's holder is shown of it from signing on. */
export interface ReadPlan {
	readonly agreementId: string;
	readonly applicationId: string;
	readonly reference: string;
	/** Names of the product by locale. */
	readonly names: Readonly<Record<string, string>>;
	readonly cardLast4: string;
	readonly currency: string;
	readonly signedOn: Day;
	/** What was restructured. */
	readonly principal: Minor;
	readonly waived: Waived;
	readonly cureDays: number;
	/** Something about the account is in doubt: what was paid may not all be here. */
	readonly isBeingChecked: boolean;
	/** As of today; of a plan that has ended, as of its end. */
	readonly standing: Standing;
	readonly life: PlanLife;
}

/** Where the plan is, with what belongs to that. */
export type PlanLife =
	| {
			readonly status: 'kept';
			readonly settlement: Settlement;
			readonly settlementTomorrow: Settlement;
			/** The oldest missed instalment can be made good until a day; what is due after it if nothing is paid. */
			readonly cure: { readonly until: Day; readonly otherwise: LapseBalance } | undefined;
	  }
	| { readonly status: 'lapsed'; readonly balance: LapseBalance; readonly instalment: number }
	| { readonly status: 'completed'; readonly on: Day; readonly isEarly: boolean; readonly spared: Minor };

/** The owner's newest signed plan as it stands; undefined where none was signed. Another's is not found. */
export async function findPlan(
	db: DbOrTrx,
	{ owner, today }: { owner: Owner; today: Day },
): Promise<ReadPlan | undefined> {
	const agreement = await selectOwnSigned(db, owner);
	const account = agreement && (await findOwnAccountState(db, owner));
	if (!account) return undefined;
	const { quote, plan, payments } = await getSignedPlan(db, agreement);
	const life = endOf(await selectEvents(db, agreement.id));
	const asOf = life?.status === 'lapsed' ? life.balance.on : (life?.on ?? today);
	const stand = standing(plan, payments, asOf);
	return {
		agreementId: agreement.id,
		applicationId: agreement.applicationId,
		reference: agreement.reference,
		names: quote.names,
		cardLast4: account.cardLast4,
		currency: quote.plan.currency,
		signedOn: plan.signedOn,
		principal: plan.principal,
		waived: plan.waived,
		cureDays: plan.cureDays,
		isBeingChecked: account.beingChecked,
		standing: stand,
		life: life ?? {
			status: 'kept',
			settlement: settlement(plan, payments, today),
			settlementTomorrow: settlement(plan, payments, addDays(today, 1)),
			cure: stand.missed && cureOf(stand.missed.dueOn),
		},
	};

	function cureOf(dueOn: Day) {
		const until = cureUntil(plan, dueOn);
		return { until, otherwise: lapseBalance(plan, payments, addDays(until, 1)) };
	}
}

/** How the plan ended, by what was written that day; undefined while it is kept. */
function endOf(events: readonly EventRow[]): Exclude<PlanLife, { status: 'kept' }> | undefined {
	const end = events.find(({ kind }) => kind === 'lapsed' || kind === 'completed' || kind === 'settled_early');
	if (!end) return undefined;
	const { kind, occurredOn: on, detail } = end;
	const figure = (name: string) => Number(detail[name] ?? 0);
	if (kind !== 'lapsed') {
		return { status: 'completed', on, isEarly: kind === 'settled_early', spared: figure('spared') };
	}
	return {
		status: 'lapsed',
		instalment: end.instalment ?? 0,
		balance: {
			on,
			principal: figure('principal'),
			interestDue: figure('interestDue'),
			interestRunning: figure('interestRunning'),
			lateFeesReturned: figure('lateFeesReturned'),
			interestReturned: figure('interestReturned'),
			total: figure('total'),
		},
	};
}
