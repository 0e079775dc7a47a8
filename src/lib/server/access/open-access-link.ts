import { refusesTry } from '#lib/domain/access/code.ts';
import { linkState } from '#lib/domain/access/link.ts';
import { findChallengeOfBrowser } from '#lib/server/access/challenge.repository.ts';
import { findLink, noteOpening } from '#lib/server/access/link.repository.ts';
import { now } from '#lib/server/clock.ts';
import type { OpenedBy } from '#lib/server/access/opened-by.ts';
import { linkTokenHash } from '#lib/server/crypto/link-token.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** 128 bits as base64url; nothing else is looked up. */
const TOKEN = /^[A-Za-z0-9_-]{22}$/;

/**
 * Notes that a link was opened, by a person or by a robot that looks at links: it changes nothing else, and tells nobody
 * whether there is such a link.
 */
export async function openAccessLink(db: Db, token: string, by: OpenedBy): Promise<void> {
	if (TOKEN.test(token)) await noteOpening(db, { tokenHash: linkTokenHash(token), by, at: now() });
}

/** What the page that a link leads to may show before anybody has tapped: nothing about the person. */
export interface LinkPage {
	/** Whether a code can be asked for. Revoked, over and unknown links all look the same. */
	readonly isAlive: boolean;
	/** Whether this very browser has asked already, and its code can still be typed. */
	readonly hasCode: boolean;
}

/** Reads that for the link and the browser of a visitor's cookies. */
export async function readLinkPage(
	db: Db,
	{ token, browser }: { token: string | undefined; browser: string | undefined },
): Promise<LinkPage> {
	const at = now();
	const link = token !== undefined && TOKEN.test(token) ? await findLink(db, linkTokenHash(token)) : undefined;
	if (!link || linkState(link, at) !== 'alive') return { isAlive: false, hasCode: false };
	const challenge = browser === undefined ? undefined : await findChallengeOfBrowser(db, sha256(browser));
	const isOurs = challenge?.accessLinkId === link.id && challenge.sends > 0;
	return { isAlive: true, hasCode: isOurs && refusesTry(challenge, at) === undefined };
}
