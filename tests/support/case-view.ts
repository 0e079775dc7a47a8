import type { Owner } from '#lib/server/application/draft.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { runAs } from '#lib/server/db/identity.ts';
import { findCaseAccess } from '#lib/server/review/case-access.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { type Case, getCase } from '#lib/server/review/read-case.ts';
import { makeStaff } from './staff.ts';
import { makeCardholder, makeSubmitted } from './trip.ts';

let made = 0;

/** A case in the hands of an agent, and what their page shows of it, read in their own name. */
export interface Viewed extends Owner {
	readonly applicationId: string;
	readonly staffId: string;
	readonly fence: number;
	look(): Promise<Case>;
	/** Runs something as that agent, so that the database's own wall stands too. */
	as<T>(run: () => Promise<T>): Promise<T>;
}

/** Somebody's application, sent on the day of the trip and in the hands of an agent; theirs, where an owner is named. */
export async function viewedCase(db: Db, of?: Owner): Promise<Viewed> {
	const owner = of ?? (await makeCardholder(db));
	const { applicationId } = await makeSubmitted(db, owner);
	const staffId = await makeStaff(db, `viewer-${String(++made)}`);
	const claim = await claimNext(db, { staffId });
	if (claim?.applicationId !== applicationId) throw new Error('another case was next');
	const as: Viewed['as'] = (run) => runAs({ staff: 'agent', staffId }, run);
	return {
		...owner,
		applicationId,
		staffId,
		fence: claim.fence,
		as,
		look: () =>
			as(async () => {
				const access = await findCaseAccess(db, { applicationId, staff: { id: staffId, role: 'agent' } });
				if (!access?.maySee) throw new Error('the case is closed to its own agent');
				return getCase(db, access, staffId);
			}),
	};
}
