/** How long an access link opens; data, so that a bank can set its own. */
export const LINK_HOURS = 72;

/** What stands about a link. A new link of an account revokes the one before, so that one at most is alive. */
export interface AccessLink {
	readonly expiresAt: Date;
	readonly revokedAt: Date | null;
}

/** What a link is worth now; to a visitor all but the first look the same. */
export type LinkState = 'alive' | 'expired' | 'revoked' | 'unknown';

/** The state of a link that was found, or of none; one revoked is named so even after its end. */
export function linkState(link: AccessLink | undefined, now: Date): LinkState {
	if (!link) return 'unknown';
	if (link.revokedAt !== null) return 'revoked';
	return now >= link.expiresAt ? 'expired' : 'alive';
}

/** When a link made at an instant ends. */
export function linkExpiry(createdAt: Date, hours: number = LINK_HOURS): Date {
	return new Date(createdAt.getTime() + hours * 3_600_000);
}
