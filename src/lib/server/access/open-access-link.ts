import { linkState } from '#lib/domain/access/link.ts';
import { findLink, noteOpening } from '#lib/server/access/link.repository.ts';
import { now } from '#lib/server/clock.ts';
import type { OpenedBy } from '#lib/server/access/opened-by.ts';
import { linkTokenHash } from '#lib/server/crypto/link-token.ts';
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

/** Whether a code can be asked for by this link. Revoked, over and unknown ones all look the same. */
export async function isLinkAlive(db: Db, token: string | undefined): Promise<boolean> {
	if (token === undefined || !TOKEN.test(token)) return false;
	return linkState(await findLink(db, linkTokenHash(token)), now()) === 'alive';
}
