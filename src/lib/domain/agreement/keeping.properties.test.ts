import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canMoveAgreement } from '#lib/domain/agreement/agreement-status.ts';
import { type KeepingEvent, keepingMoves, type Written } from '#lib/domain/agreement/keeping.ts';
import type { KeptPlan, Payment } from '#lib/domain/agreement/kept-plan.ts';
import { keptPlan } from '#lib/domain/agreement/kept-plan.fixture.ts';
import { lapseBalance } from '#lib/domain/agreement/lapse.ts';
import { settlement } from '#lib/domain/agreement/settlement.ts';
import { standing } from '#lib/domain/agreement/standing.ts';
import { addDays, daysBetween } from '#lib/domain/day.ts';
import { DEFERRAL_INTERESTS, METHODS } from '#lib/domain/plan/schedule.ts';

const START = '2026-01-05';
const plans = fc
	.record({
		method: fc.constantFrom(...METHODS),
		principal: fc.integer({ min: 1, max: 5_000_000 }),
		instalments: fc.integer({ min: 1, max: 6 }),
		percent: fc.integer({ min: 0, max: 3 }),
		firstDue: fc.integer({ min: 0, max: 45 }),
		deferralMonths: fc.integer({ min: 0, max: 3 }),
		deferralInterest: fc.constantFrom(...DEFERRAL_INTERESTS),
		accrued: fc.integer({ min: 0, max: 500 }),
		cureDays: fc.integer({ min: 1, max: 40 }),
	})
	.map(({ percent, firstDue, accrued, cureDays, ...terms }): KeptPlan =>
		keptPlan(
			{
				...terms,
				periodicRate: { numerator: percent, denominator: 100 },
				firstDueDate: addDays(START, firstDue),
				deferralInterest: terms.deferralMonths > 0 ? terms.deferralInterest : null,
			},
			{ accrued, cureDays, waived: { lateFees: 100, interest: 250, at: 'completion' } },
		),
	);
/** Payments as shares of what the plan comes to, on days around it. */
const made = plans.chain((plan) => {
	const total = plan.instalments.reduce((sum, instalment) => sum + instalment.total, 0);
	const payment = fc.record({
		postedOn: fc.integer({ min: -3, max: 300 }).map((days) => addDays(START, days)),
		amount: fc.oneof(
			fc.integer({ min: 1, max: Math.max(1, total) }),
			fc.constantFrom(...plan.instalments.map((of) => Math.max(1, of.total))),
		),
	});
	return fc.record({
		plan: fc.constant(plan),
		payments: fc.array(payment, { maxLength: 8 }),
		asOf: fc.integer({ min: 0, max: 320 }).map((days) => addDays(START, days)),
	});
});
const sum = (amounts: readonly number[]) => amounts.reduce((total, each) => total + each, 0);
const counted = (payments: readonly Payment[], asOf: string) =>
	sum(payments.filter(({ postedOn }) => postedOn >= START && postedOn <= asOf).map(({ amount }) => amount));

test('every fen that was paid stands somewhere, and every fen of the plan is paid or left', () => {
	fc.assert(
		fc.property(made, ({ plan, payments, asOf }) => {
			const stand = standing(plan, payments, asOf);
			expect(stand.totalPaid + stand.overPaid).toBe(counted(payments, asOf));
			expect(stand.totalPaid + stand.totalLeft).toBe(sum(plan.instalments.map(({ total }) => total)));
			for (const { paid, left, total } of stand.instalments) {
				expect(Math.min(paid, left)).toBeGreaterThanOrEqual(0);
				expect(paid + left).toBe(total);
			}
		}),
	);
});

test('the order in which payments are told changes nothing', () => {
	fc.assert(
		fc.property(made, ({ plan, payments, asOf }) => {
			const turned = [...payments].reverse();
			expect(standing(plan, turned, asOf)).toEqual(standing(plan, payments, asOf));
			expect(settlement(plan, turned, asOf)).toEqual(settlement(plan, payments, asOf));
		}),
	);
});

test('settling early never costs more than keeping the plan, and never less than its unpaid principal', () => {
	fc.assert(
		fc.property(made, ({ plan, payments, asOf }) => {
			const { principal, interestDue, interestRunning, total } = settlement(plan, payments, asOf);
			const { totalLeft } = standing(plan, payments, asOf);
			expect(Math.min(principal, interestDue, interestRunning)).toBeGreaterThanOrEqual(0);
			expect(total).toBeLessThanOrEqual(totalLeft);
			expect(total).toBeGreaterThanOrEqual(Math.max(0, plan.principal - counted(payments, asOf)));
			if (asOf >= (plan.instalments.at(-1)?.dueOn ?? '')) expect(total).toBe(totalLeft);
			const lapse = lapseBalance(plan, payments, asOf);
			expect(lapse.total).toBe(total + 350);
		}),
	);
});

const RULES = { noticeDaysBefore: 5, postingDays: 1 };

function keep(written: Written, plan: KeptPlan, payments: readonly Payment[], today: string): Written {
	let { status } = written;
	const events = [...written.events];
	for (const move of keepingMoves(written, plan, payments, { today, rules: RULES })) {
		if (move.to) expect(canMoveAgreement(status, move.to)).toBe(true);
		status = move.to ?? status;
		events.push({ kind: move.event, instalment: move.instalment ?? null });
	}
	return { status, events };
}

const lasting = ({ status, events }: Written) => ({
	status,
	events: events
		.filter(({ kind }) => kind !== ('due_notice' satisfies KeepingEvent))
		.map(({ kind, instalment }) => `${kind} ${String(instalment)}`)
		.sort(),
});

test('looking after days away ends where looking every day does, by legal moves alone', () => {
	fc.assert(
		fc.property(made, ({ plan, payments, asOf }) => {
			let daily: Written = { status: 'active', events: [] };
			for (let day = 0; day <= daysBetween(START, asOf); day++) {
				const today = addDays(START, day);
				const known = payments.filter(({ postedOn }) => postedOn <= today);
				daily = keep(daily, plan, known, today);
			}
			const away = keep({ status: 'active', events: [] }, plan, payments, asOf);
			expect(lasting(away)).toEqual(lasting(daily));
			expect(keep(away, plan, payments, asOf)).toEqual(away);
		}),
		{ numRuns: 200 },
	);
});
