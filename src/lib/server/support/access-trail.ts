import type { Db } from '#lib/server/db/connect.ts';
import {
	type LinkTrail,
	listAccessMessages,
	listDoorDeeds,
	listLinks,
	type MessageTrail,
} from '#lib/server/support/access-trail.repository.ts';

/** What happened on somebody's way in; words for each stand in messages. */
export type TrailKind =
	| 'link_made'
	| 'link_opened'
	| 'link_used'
	| 'link_replaced'
	| 'link_expired'
	| 'reminder_sent'
	| 'link_sent'
	| 'code_sent'
	| 'message_waits'
	| 'message_failed'
	| 'sign_in_failed'
	| 'signed_in'
	| 'signed_out';

/** One step. `until` is when a waiting message may go; `staffName` who of the staff did it; `count` how often. */
export interface TrailStep {
	readonly kind: TrailKind;
	readonly at: Date;
	readonly cardLast4?: string;
	readonly staffName?: string | null;
	readonly until?: Date;
	readonly count?: number;
}

const DEEDS: Readonly<Record<string, TrailKind>> = {
	'sign_in.failed': 'sign_in_failed',
	'sign_in.succeeded': 'signed_in',
	'sign_in.ended': 'signed_out',
};

/** So many of each sort are looked at; a caller's trouble is never older. */
const MOST = 40;

/** The trail of a person's access, the newest step first. Neither a token nor a code is read, only that there was one. */
export async function listAccessTrail(db: Db, cardholderId: string, at: Date): Promise<TrailStep[]> {
	const links = await listLinks(db, cardholderId, MOST);
	const messages = await listAccessMessages(db, cardholderId, MOST);
	const deeds = await listDoorDeeds(db, { cardholderId, actions: Object.keys(DEEDS), most: MOST });
	const steps: TrailStep[] = [
		...links.flatMap((link) => stepsOfLink(link, at)),
		...messages.flatMap(stepsOfMessage),
		...deeds.flatMap((deed) => {
			const kind = DEEDS[deed.action];
			return kind ? [{ kind, at: deed.at }] : [];
		}),
	];
	return steps.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, MOST);
}

function stepsOfLink(link: LinkTrail, now: Date): TrailStep[] {
	const { cardLast4, staffName, createdAt, firstOpenedAt, openedCount: count, usedAt, revokedAt, expiresAt } = link;
	return [
		{ kind: 'link_made', at: createdAt, cardLast4, staffName },
		...(firstOpenedAt ? [{ kind: 'link_opened' as const, at: firstOpenedAt, cardLast4, count }] : []),
		...(usedAt ? [{ kind: 'link_used' as const, at: usedAt, cardLast4 }] : []),
		...(revokedAt ? [{ kind: 'link_replaced' as const, at: revokedAt, cardLast4 }] : []),
		...(!revokedAt && expiresAt <= now ? [{ kind: 'link_expired' as const, at: expiresAt, cardLast4 }] : []),
	];
}

const SENT: Readonly<Record<string, TrailKind>> = {
	reminder: 'reminder_sent',
	link_resent: 'link_sent',
	sign_in_code: 'code_sent',
};

function stepsOfMessage({ template, status, createdAt, notBefore, handedOverAt }: MessageTrail): TrailStep[] {
	if (status === 'queued') return [{ kind: 'message_waits', at: createdAt, until: notBefore }];
	if (status === 'failed' || status === 'dropped') return [{ kind: 'message_failed', at: createdAt }];
	const kind = SENT[template];
	return kind && handedOverAt ? [{ kind, at: handedOverAt }] : [];
}
