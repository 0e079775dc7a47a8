import { sha256 } from '#lib/server/crypto/sha256.ts';

/** Whose a passkey is: the two kinds of people never sign in with each other's. */
export interface PasskeyOwner {
	readonly kind: 'cardholder' | 'staff';
	readonly id: string;
}

/** To what a challenge is given, so that its answer counts nowhere else: a browser's cookie, a session, an enrolment link. */
export interface Bound {
	readonly to: 'browser' | 'session' | 'enrolment';
	/** The cookie's secret, the session's id, or the link's token. */
	readonly secret: string;
}

/** What the database keeps of that. */
export function boundHash({ to, secret }: Bound): Buffer {
	return sha256(`${to}:${secret}`);
}
