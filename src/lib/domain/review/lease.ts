/**
 * Who works on an application, and until when. `fence` grows by one with every taking, so that a holder whose lease ran
 * out and passed to another cannot write any more. `staffId` and `expiresAt` are null while nobody holds it.
 */
export interface Lease {
	readonly staffId: string | null;
	readonly fence: number;
	readonly expiresAt: Date | null;
}

/** Whether somebody holds the lease at this instant; at its very end it is free. */
export function isHeld(lease: Lease, now: Date): boolean {
	return lease.staffId !== null && lease.expiresAt !== null && now < lease.expiresAt;
}

/** Whether this person holds it, by this taking. */
export function isHeldBy(lease: Lease, staffId: string, fence: number, now: Date): boolean {
	return isHeld(lease, now) && lease.staffId === staffId && lease.fence === fence;
}

/** Whether this person may take it: it is free, ran out, or is theirs already. */
export function canTake(lease: Lease, staffId: string, now: Date): boolean {
	return !isHeld(lease, now) || lease.staffId === staffId;
}

/** The lease after a taking, `minutes` long (the bank's setting). Whoever takes their own again gets a new fence too. */
export function takeLease(lease: Lease, staffId: string, now: Date, minutes: number): Lease {
	return { staffId, fence: lease.fence + 1, expiresAt: leaseEnd(now, minutes) };
}

/** When a lease taken or renewed now ends. */
export function leaseEnd(now: Date, minutes: number): Date {
	return new Date(now.getTime() + minutes * 60_000);
}
