import { maskPhone } from '#lib/domain/access/phone.ts';
import { now } from '#lib/server/clock.ts';
import {
	findLastConfirmed,
	findOpenChange,
	listChanges,
	listOpenChanges,
	type OpenChangeRow,
} from '#lib/server/contact-number/number-change.repository.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** A request that waits for its second person, as support sees it: of the new number nothing, for its end is asked for. */
export interface WaitingChange {
	readonly cardholderId: string;
	/** The number on file, masked. */
	readonly oldPhone: string;
	readonly proofs: readonly string[];
	readonly askedByName: string;
	readonly askedAt: Date;
	readonly expiresAt: Date;
	/** Whether the one who looks has asked for it, and so cannot confirm it. */
	readonly isYours: boolean;
}

/** The person's request that waits at this moment. */
export async function findWaitingChange(
	db: DbOrTrx,
	{ cardholderId, staffId }: { cardholderId: string; staffId: string },
): Promise<WaitingChange | undefined> {
	const open = await findOpenChange(db, cardholderId);
	return open && now() < open.expiresAt ? toWaiting(open, staffId) : undefined;
}

/** The requests that wait, the oldest first, each with the person's name. */
export async function listWaitingChanges(
	db: DbOrTrx,
	{ staffId, most }: { staffId: string; most: number },
): Promise<(WaitingChange & { readonly name: string })[]> {
	return (await listOpenChanges(db, now(), most)).map((open) => ({ ...toWaiting(open, staffId), name: open.name }));
}

/** A number that was changed lately, so that nothing can be sent or signed yet. */
export interface Hold {
	readonly changedAt: Date;
	readonly heldUntil: Date;
}

/** The hold on a person at an instant; undefined where there is none, or none any more. */
export async function findHold(db: DbOrTrx, cardholderId: string, at: Date): Promise<Hold | undefined> {
	const last = await findLastConfirmed(db, cardholderId);
	return last && at < last.heldUntil ? last : undefined;
}

/** When a person's number was last changed by support. */
export async function findLastChange(db: DbOrTrx, cardholderId: string): Promise<Hold | undefined> {
	return findLastConfirmed(db, cardholderId);
}

/** What was asked and answered about a person's number, with who did it and no number. */
export type ChangeTrail = Awaited<ReturnType<typeof listChanges>>[number];

/** The same, the newest first. */
export async function listChangeTrail(db: DbOrTrx, cardholderId: string, most: number): Promise<ChangeTrail[]> {
	return listChanges(db, cardholderId, most);
}

function toWaiting(open: OpenChangeRow, staffId: string): WaitingChange {
	const { cardholderId, oldPhone, proofs, askedBy, askedByName, askedAt, expiresAt } = open;
	return {
		cardholderId,
		oldPhone: maskPhone(oldPhone),
		proofs,
		askedByName,
		askedAt,
		expiresAt,
		isYours: askedBy === staffId,
	};
}
