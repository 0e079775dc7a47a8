import { type LinkTrail, listLinkTrail } from '#lib/server/access/link-trail.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { type ChangeTrail, listChangeTrail } from '#lib/server/contact-number/read-number-change.ts';
import type { MessageTrail } from '#lib/server/message/message-trail.ts';
import { listAccessMessages } from '#lib/server/support/access-messages.ts';
import { type DoorDeed, listDoorDeeds } from '#lib/server/support/access-trail.repository.ts';
import { type DeedRow, listDeeds } from '#lib/server/support/deed.repository.ts';
import type { TrailKind, TrailStep } from '#lib/server/support/trail-step.ts';

/** So many of each sort are looked at; a caller's trouble is never older. */
const MOST = 40;

const DEEDS: Readonly<Record<string, TrailKind>> = {
	'sign_in.succeeded': 'signed_in',
	'sign_in.ended': 'signed_out',
	'sign_in.ended_everywhere': 'sessions_ended',
	'sign_in.refused': 'door_refused',
	'number.silenced': 'silenced',
	'number.silence_lifted': 'silence_lifted',
};
const FAILED = 'sign_in.failed';

/** The trail of a person's access, the newest step first. Neither a token nor a code is read, only that there was one. */
export async function listAccessTrail(db: Db, cardholderId: string, at: Date): Promise<TrailStep[]> {
	const links = await listLinkTrail(db, cardholderId, MOST);
	const messages = await listAccessMessages(db, cardholderId, MOST);
	const doors = await listDoorDeeds(db, { cardholderId, actions: [...Object.keys(DEEDS), FAILED], most: MOST });
	const changes = await listChangeTrail(db, cardholderId, MOST);
	const deeds = await listDeeds(db, cardholderId, MOST);
	const steps: TrailStep[] = [
		...links.flatMap((link) => stepsOfLink(link, at)),
		...messages.flatMap(stepsOfMessage),
		...stepsOfDoor(doors),
		...changes.flatMap((change) => stepsOfChange(change, at)),
		...deeds.map(stepOfDeed),
	];
	return steps.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, MOST);
}

function stepsOfLink(link: LinkTrail, now: Date): TrailStep[] {
	const { cardLast4, staffName, createdAt, expiresAt, revokedAt } = link;
	const when = (kind: TrailKind, at: Date | null, more: Partial<TrailStep> = {}): TrailStep[] =>
		at === null ? [] : [{ kind, at, cardLast4, ...more }];
	const isOver = revokedAt === null && expiresAt <= now;
	return [
		...when('link_made', createdAt, { staffName }),
		...when('link_previewed', link.firstRobotAt, { count: link.robotCount }),
		...when('link_opened', link.firstOpenedAt, { count: link.openedCount }),
		...when('link_tapped', link.firstTappedAt),
		...when('link_replaced', revokedAt),
		...when('link_expired', isOver ? expiresAt : null),
	];
}

const SENT: Readonly<Record<string, TrailKind>> = {
	reminder: 'reminder_sent',
	link_resent: 'link_sent',
	sign_in_code: 'code_sent',
	number_changed: 'old_number_told',
};

function stepsOfMessage({ template, status, createdAt, notBefore, handedOverAt }: MessageTrail): TrailStep[] {
	if (status === 'queued') return [{ kind: 'message_waits', at: createdAt, until: notBefore }];
	if (status === 'failed') return [{ kind: 'message_failed', at: createdAt }];
	if (status === 'dropped') return [{ kind: 'message_dropped', at: createdAt }];
	const kind = SENT[template];
	return kind && handedOverAt ? [{ kind, at: handedOverAt }] : [];
}

const VIA: Readonly<Record<string, TrailKind>> = {
	link: 'signed_in_by_link',
	numbers: 'signed_in_by_numbers',
	passkey: 'signed_in_by_passkey',
};

/** Wrong codes of one sign-in are one step, at its last, with how many there were. */
function stepsOfDoor(deeds: readonly DoorDeed[]): TrailStep[] {
	const failed = new Map<string, { at: Date; count: number }>();
	for (const { action, subjectId, at } of deeds) {
		if (action !== FAILED) continue;
		const { at: last = at, count = 0 } = failed.get(subjectId) ?? {};
		failed.set(subjectId, { at: last > at ? last : at, count: count + 1 });
	}
	const others = deeds.flatMap(({ action, via, at }) => {
		const kind = (via !== null ? VIA[via] : undefined) ?? DEEDS[action];
		return action === FAILED || !kind ? [] : [{ kind, at }];
	});
	return [...[...failed.values()].map((each) => ({ kind: 'codes_failed' as const, ...each })), ...others];
}

function stepsOfChange(change: ChangeTrail, now: Date): TrailStep[] {
	const { askedAt, askedByName, answeredAt, answeredByName, outcome, expiresAt } = change;
	const asked = { kind: 'change_asked', at: askedAt, staffName: askedByName } as const;
	if (outcome !== null && outcome !== 'expired' && answeredAt) {
		return [asked, { kind: `change_${outcome}`, at: answeredAt, staffName: answeredByName }];
	}
	return expiresAt <= now ? [asked, { kind: 'change_expired', at: expiresAt }] : [asked];
}

function stepOfDeed({ kind, reason, at, staffName }: DeedRow): TrailStep {
	return { kind, at, staffName, ...(reason === null ? {} : { reason }) };
}
