import { linkExpiry } from '#lib/domain/access/link.ts';
import { type Actor, appendAudit } from '#lib/server/audit/append-audit.ts';
import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { closeChallengesOfLinks } from '#lib/server/access/challenge.repository.ts';
import { addressOfToken } from '#lib/server/access/link-address.ts';
import { insertLink, lockAccountOwner, revokeLinks } from '#lib/server/access/link.repository.ts';
import { now } from '#lib/server/clock.ts';
import { linkToken, linkTokenHash } from '#lib/server/crypto/link-token.ts';
import { randomSeed } from '#lib/server/crypto/random-token.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { queueMessage } from '#lib/server/message/queue-message.ts';

/** A new link, and when its message may go out. */
export interface CreatedLink {
	readonly linkId: string;
	/** The address with its token: for the command that prints it, and nobody's log. */
	readonly url: string;
	readonly messageId: string | undefined;
	readonly notBefore: Date;
}

/**
 * Makes an account's one living access link, good for 72 hours unless the bank says otherwise, and queues the SMS that carries it to the number on file.
 * The account's earlier link dies. Throws where there is no such account: callers have looked it up.
 */
export async function createAccessLink(
	trx: Trx,
	{ accountId, actor, template }: { accountId: string; actor: Actor; template: 'reminder' | 'link_resent' },
): Promise<CreatedLink> {
	const cardholderId = await lockAccountOwner(trx, accountId);
	if (cardholderId === undefined) throw new Error('an access link for an account that is not there');
	const at = now();
	const revoked = await revokeLinks(trx, accountId, at);
	await closeChallengesOfLinks(trx, revoked, at);
	const { linkHours } = await getAccessRules(trx);
	const seed = randomSeed();
	const token = linkToken(seed);
	const linkId = await insertLink(trx, {
		accountId,
		cardholderId,
		seed,
		tokenHash: linkTokenHash(token),
		createdBy: actor.id === null ? actor.kind : `${actor.kind}:${actor.id}`,
		createdAt: at,
		expiresAt: linkExpiry(at, linkHours),
	});
	const detail = { template, revoked: revoked.length };
	await appendAudit(trx, {
		actor,
		action: 'access_link.created',
		subjectKind: 'access_link',
		subjectId: linkId,
		cardholderId,
		detail,
	});
	const message = await queueMessage(trx, { cardholderId, accountId, template, accessLinkId: linkId });
	return { linkId, url: addressOfToken(token), messageId: message?.messageId, notBefore: message?.notBefore ?? at };
}
