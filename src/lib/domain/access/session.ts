/** Whose session it is: the two kinds of people have limits of their own. */
export type SessionKind = 'cardholder' | 'staff';

/** How long a session lasts: so long after its last use, and so long in all. */
export interface SessionLimits {
	readonly idleMinutes: number;
	readonly absoluteMinutes: number;
}

/** Source: the access rules of the portal, "Sessions". */
export const SESSION_LIMITS: Readonly<Record<SessionKind, SessionLimits>> = {
	cardholder: { idleMinutes: 15, absoluteMinutes: 2 * 60 },
	staff: { idleMinutes: 30, absoluteMinutes: 12 * 60 },
};

const MINUTE_MS = 60_000;

/** When a session ends that was started at one instant and used at another: whichever of its two limits comes first. */
export function sessionExpiry(kind: SessionKind, startedAt: Date, usedAt: Date): Date {
	const idleEnd = usedAt.getTime() + SESSION_LIMITS[kind].idleMinutes * MINUTE_MS;
	return new Date(Math.min(idleEnd, absoluteEnd(kind, startedAt).getTime()));
}

/** When a session ends however it is used. */
export function absoluteEnd(kind: SessionKind, startedAt: Date): Date {
	return new Date(startedAt.getTime() + SESSION_LIMITS[kind].absoluteMinutes * MINUTE_MS);
}
