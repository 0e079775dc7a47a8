import { compareTurns, servedBy, SKILLS } from '#lib/domain/review/queue-policy.ts';
import { languages } from '#lib/messages/languages.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import {
	type Asking,
	lockFirstFree,
	lockSpecial,
	type NextReview,
	type Seeker,
	type Served,
	type Special,
} from '#lib/server/review/next.repository.ts';

/** What "take next" finds for somebody: what they have in hand already, or the one that is next, locked. */
export type Next =
	{ readonly isHeld: true } | { readonly isHeld: false; readonly review: NextReview; readonly isAssigned: boolean };

/**
 * Finds and locks what somebody is to have next: what was set apart for them, then, for supervisors, what waits for a second
 * approver, then what is late, then by class and by when it is due. What they put back comes last. Languages and skills are asked of what the
 * queue gives by itself, not of what a supervisor set apart or is to approve.
 */
/** The languages in which one can apply: those of the portal. */
const LANGUAGES = languages();

export async function findNext(trx: Trx, { seeker, at }: { seeker: Seeker; at: Date }): Promise<Next | undefined> {
	const served = servedTo(seeker);
	for (const putBack of ['skip', 'take'] as const) {
		const asking = { claimant: seeker, at, served, putBack };
		const { special, free } = await lockFirstFree(trx, asking);
		if (special.some(({ kind }) => kind === 'held')) return { isHeld: true };
		const review = await lockBest(trx, { asking, special, free });
		if (review) return { isHeld: false, review, isAssigned: review.assignedTo === seeker.staffId };
	}
	return undefined;
}

/** Where nothing is left out, nothing need be compared. */
function servedTo(seeker: Seeker): Served {
	const given = {
		languages: servedBy(LANGUAGES, seeker.languages, seeker.allLanguages),
		skills: servedBy(SKILLS, seeker.skills, seeker.allSkills),
	};
	return {
		languages: given.languages.length === LANGUAGES.length ? undefined : given.languages,
		skills: given.skills.length === SKILLS.length ? undefined : ['', ...given.skills],
	};
}

async function lockBest(
	trx: Trx,
	{ asking, special, free }: { asking: Asking; special: readonly Special[]; free: NextReview | undefined },
): Promise<NextReview | undefined> {
	const lockFirstOf = async (some: readonly Special[]) => {
		for (const each of some) {
			const review = await lockSpecial(trx, asking, each);
			if (review) return review;
		}
		return undefined;
	};
	const inTurn = special.toSorted((a, b) => compareTurns(a, b, asking.at));
	const of = (kind: Special['kind']) => inTurn.filter((each) => each.kind === kind);
	const first = (await lockFirstOf(of('assigned'))) ?? (await lockFirstOf(of('second')));
	if (first) return first;
	const before = of('left').filter((each) => !free || compareTurns(each, free, asking.at) < 0);
	return (await lockFirstOf(before)) ?? free;
}
