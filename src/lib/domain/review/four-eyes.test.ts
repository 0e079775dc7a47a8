import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StaffRole } from '#lib/domain/access/permission.ts';
import { approvalStep, type ProposedPlan, type Proposal } from '#lib/domain/review/approval.ts';
import { refusesDecision } from '#lib/domain/review/decision.ts';
import { type Eyes, mayReview, refusesReview } from '#lib/domain/review/eyes.ts';
import { canTake, type Lease, takeLease } from '#lib/domain/review/lease.ts';
import { namedTaking, refusesAssigning, type TakenBy } from '#lib/domain/review/taking.ts';

interface Person {
	readonly staffId: string;
	readonly role: StaffRole;
	readonly staffCardholderId: string | null;
}

const STAFF: readonly Person[] = [
	{ staffId: 'ann', role: 'agent', staffCardholderId: null },
	{ staffId: 'bob', role: 'agent', staffCardholderId: 'applicant' },
	{ staffId: 'cai', role: 'supervisor', staffCardholderId: null },
	{ staffId: 'dee', role: 'supervisor', staffCardholderId: null },
	{ staffId: 'eve', role: 'supervisor', staffCardholderId: 'applicant' },
	{ staffId: 'fay', role: 'support', staffCardholderId: null },
];

const SMALL: ProposedPlan = {
	productCode: 'p',
	productVersion: 1,
	instalments: 12,
	deferralMonths: 0,
	firstDueDate: '2026-06-20',
};
const LARGE: ProposedPlan = { ...SMALL, productCode: 'large' };
const OTHER_LARGE: ProposedPlan = { ...LARGE, instalments: 24 };
const needsSecond = ({ productCode }: ProposedPlan) => productCode === 'large';

const who = fc.nat({ max: STAFF.length - 1 });
const deed = fc.oneof(
	{ weight: 8, arbitrary: fc.record({ deed: fc.constant('next' as const), who }) },
	{ weight: 3, arbitrary: fc.record({ deed: fc.constant('choose' as const), who }) },
	{ weight: 2, arbitrary: fc.record({ deed: fc.constant('assign' as const), who, to: who }) },
	{ weight: 1, arbitrary: fc.record({ deed: fc.constant('hand' as const), who }) },
	{ weight: 2, arbitrary: fc.record({ deed: fc.constant('put_back' as const), who }) },
	{ weight: 2, arbitrary: fc.record({ deed: fc.constant('wait' as const), minutes: fc.nat({ max: 20 }) }) },
	{
		weight: 8,
		arbitrary: fc.record({
			deed: fc.constant('decide' as const),
			// Mostly whoever has it in hand.
			who: fc.option(who, { freq: 3 }).map((one) => (one === null || one % 2 === 0 ? null : one)),
			outcome: fc.constantFrom('approved' as const, 'counter_offered' as const, 'declined' as const),
			plan: fc.constantFrom(SMALL, LARGE, OTHER_LARGE),
		}),
	},
);
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

interface Decided {
	readonly second: string;
	readonly first: string | null;
	readonly outcome: string;
	readonly plan: ProposedPlan;
}

/** One case on the desk, worked by the rules; what nobody's rule sees is noted beside it. */
function work(deeds: readonly Deed[]) {
	let now = new Date('2026-05-20T02:00:00Z');
	let lease: Lease = { staffId: null, fence: 0, expiresAt: null };
	let assignedTo: string | null = null;
	let proposal: Proposal | undefined;
	const hands: string[] = [];
	const picked: string[] = [];
	const takings: { staffId: string; takenBy: TakenBy }[] = [];
	const decided: (Decided & { tooNear: readonly string[] })[] = [];
	const eyesOf = (person: Person): Eyes => ({
		...person,
		isReferred: false,
		cardholderId: 'applicant',
		hands,
		decidedBy: [],
		chosenBy: takings.flatMap(({ staffId, takenBy }) => (takenBy === 'own_choice' ? [staffId] : [])),
		proposedBy: proposal?.firstStaffId ?? null,
	});
	const take = ({ staffId }: Person, takenBy: TakenBy) => {
		lease = takeLease(lease, staffId, now, 15);
		takings.push({ staffId, takenBy });
		assignedTo = null;
	};
	for (const it of deeds) {
		if (it.deed === 'wait') {
			now = new Date(now.getTime() + it.minutes * 60_000);
			continue;
		}
		const holder = STAFF.find(({ staffId }) => staffId === lease.staffId);
		const person = (it.who === null ? holder : STAFF[it.who]) ?? STAFF[0]!;
		const eyes = eyesOf(person);
		const mine = lease.staffId === person.staffId;
		if (it.deed === 'next' && canTake(lease, person.staffId, now) && mayReview(eyes)) {
			take(person, assignedTo === person.staffId ? 'assigned' : 'queue');
		} else if (it.deed === 'choose') {
			const takenBy = namedTaking({ eyes, lease, assignedTo, now });
			const isPicked = !(mine && lease.expiresAt !== null) && assignedTo !== person.staffId;
			if (takenBy && isPicked) picked.push(person.staffId);
			if (takenBy) take(person, takenBy);
		} else if (it.deed === 'assign') {
			const to = STAFF[it.to] ?? STAFF[0]!;
			if (!refusesAssigning({ by: eyes, to: eyesOf(to), lease, now })) assignedTo = to.staffId;
		} else if (it.deed === 'hand') {
			hands.push(person.staffId);
		} else if (it.deed === 'put_back' && mine) {
			lease = { ...lease, expiresAt: null };
		} else if (it.deed === 'decide') {
			const { outcome, plan } = it;
			if (refusesDecision({ ...eyes, status: 'in_review', lease, fence: lease.fence, now })) continue;
			const decides = { proposes: outcome as 'approved', quoteId: null, plan, staffId: person.staffId };
			const step =
				outcome === 'declined' ? 'decided' : approvalStep({ needsSecond: needsSecond(plan), proposal, decides });
			if (step === 'proposed') {
				proposal = { ...decides, firstStaffId: person.staffId };
			} else {
				const first = step === 'seconded' ? (proposal?.firstStaffId ?? null) : null;
				decided.push({ second: person.staffId, first, outcome, plan, tooNear: [...hands, ...picked, 'bob', 'eve'] });
				proposal = undefined;
			}
			lease = { ...lease, expiresAt: null };
		}
	}
	return { decided, takings };
}

const deeds = fc.array(deed, { minLength: 4, maxLength: 40 });

test('whatever a desk does, nobody decides what they made, edited, chose for themselves, or is their own', () => {
	fc.assert(
		fc.property(deeds, (all) => {
			for (const { second, tooNear } of work(all).decided) expect(tooNear).not.toContain(second);
		}),
		{ numRuns: 2_000 },
	);
});

test('whatever a desk does, nothing above the amount is approved or offered by one, nor by two of whom the second is no supervisor', () => {
	fc.assert(
		fc.property(deeds, (all) => {
			for (const { first, second, outcome, plan } of work(all).decided) {
				if (outcome === 'declined' || !needsSecond(plan)) continue;
				expect(first).not.toBeNull();
				expect(first).not.toBe(second);
				expect(STAFF.find(({ staffId }) => staffId === second)?.role).toBe('supervisor');
			}
		}),
		{ numRuns: 2_000 },
	);
});

test('such desks do decide, alone and by two, and do choose and assign', () => {
	const worked = fc.sample(deeds, { numRuns: 2_000, seed: 7 }).map(work);
	const decided = worked.flatMap((one) => one.decided);
	expect(decided.some(({ first }) => first !== null)).toBe(true);
	expect(decided.some(({ first, outcome }) => first === null && outcome === 'approved')).toBe(true);
	const ways = new Set(worked.flatMap(({ takings }) => takings.map(({ takenBy }) => takenBy)));
	expect([...ways].sort()).toEqual(['again', 'assigned', 'own_choice', 'queue']);
});

test('nobody sets a case apart for themselves, nor picks the second approver of what they proposed', () => {
	const [ann, , cai, dee] = STAFF as [Person, Person, Person, Person];
	const near = {
		cardholderId: 'applicant',
		hands: [],
		decidedBy: [],
		chosenBy: [],
		proposedBy: null,
		isReferred: false,
	};
	const lease: Lease = { staffId: null, fence: 0, expiresAt: null };
	const now = new Date('2026-05-20T02:00:00Z');
	const assign = (by: Person, to: Person, changes: Partial<Eyes> = {}) =>
		refusesAssigning({ by: { ...near, ...by, ...changes }, to: { ...near, ...to, ...changes }, lease, now });
	expect(assign(cai, ann)).toBeUndefined();
	expect(assign(cai, cai)).toBe('to_self');
	expect(assign(ann, cai)).toBe('not_supervisor');
	expect(assign(cai, dee, { proposedBy: 'cai' })).toBe('too_close');
	expect(assign(cai, ann, { proposedBy: 'dee' })).toBe('not_for_them');
	expect(assign(cai, ann, { hands: ['ann'] })).toBe('not_for_them');
	const held = takeLease(lease, 'dee', now, 15);
	expect(refusesAssigning({ by: { ...near, ...cai }, to: { ...near, ...ann }, lease: held, now })).toBe('in_hand');
});

test('what was referred is for supervisors, whoever proposed nothing', () => {
	const [ann, , cai] = STAFF as [Person, Person, Person];
	const near = { cardholderId: 'applicant', hands: [], decidedBy: [], chosenBy: [], proposedBy: null };
	const referred = { ...near, isReferred: true };
	expect(refusesReview({ ...referred, ...ann })).toBe('supervisor_needed');
	expect(refusesReview({ ...referred, ...cai })).toBeUndefined();
});
