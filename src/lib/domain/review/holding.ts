import type { Status } from '#lib/domain/application/status.ts';
import { isHeld, type Lease } from '#lib/domain/review/lease.ts';

/** Who would work on an application, by which taking. */
export interface Holding {
	readonly status: Status;
	readonly lease: Lease;
	readonly staffId: string;
	/** The fence of the page on which they work. */
	readonly fence: number;
	readonly now: Date;
}

/** Why somebody does not have an application in hand any more. */
export type HoldingRefusal = 'status_changed' | 'lease_lost' | 'taken_by_other' | 'stale_fence';

/** Whether somebody has an application in review in hand now, by the taking that their page shows; undefined where they have. */
export function refusesHolding({ status, lease, staffId, fence, now }: Holding): HoldingRefusal | undefined {
	if (status !== 'in_review') return 'status_changed';
	if (!isHeld(lease, now)) return 'lease_lost';
	if (lease.staffId !== staffId) return 'taken_by_other';
	return lease.fence === fence ? undefined : 'stale_fence';
}
