/** The rules of access links; data of the bank. */
export interface LinkRules {
	readonly linkHours: number;
	/** How often support may send one person a new link in a day. */
	readonly resendsPerDay: number;
}

/** When a link that is made now stops working. */
export function linkExpiry(rules: LinkRules, at: Date): Date {
	return new Date(at.getTime() + rules.linkHours * 3_600_000);
}

/** Whether a link still leads anywhere: neither replaced by a newer one nor over. */
export function isLinkAlive(link: { revokedAt: Date | null; expiresAt: Date }, at: Date): boolean {
	return link.revokedAt === null && link.expiresAt > at;
}

/** 128 bits as base64url; what else is asked for is no link of ours. */
export function isLinkToken(text: string): boolean {
	return /^[A-Za-z0-9_-]{22}$/.test(text);
}
