import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { findDeclined, listDeviceRows, saveDeclined } from '#lib/server/push/device.repository.ts';
import { getPushKey } from '#lib/server/push/vapid-keys.ts';

/** What a page needs to ask the browser: the public key of ours. */
export interface PushOffer {
	readonly publicKey: string;
}

/** A device that is told, as its owner sees it. */
export interface DeviceListed {
	readonly id: string;
	readonly device: string;
	readonly madeAt: Date;
}

/** The offer of notices to somebody who has sent an application; null where they have them or said "not now". */
export async function findPushOffer(db: Db, cardholderId: string): Promise<PushOffer | null> {
	if (env().push === 'off' || (await findDeclined(db, cardholderId))) return null;
	if ((await listDeviceRows(db, cardholderId)).length > 0) return null;
	return { publicKey: await getPushKey(db) };
}

/** Somebody's devices, once they were asked; null before that, and where push is off. */
export async function readDevices(
	db: Db,
	cardholderId: string,
): Promise<(PushOffer & { readonly devices: readonly DeviceListed[] }) | null> {
	if (env().push === 'off') return null;
	const devices = await listDeviceRows(db, cardholderId);
	if (devices.length === 0 && !(await findDeclined(db, cardholderId))) return null;
	return { devices, publicKey: await getPushKey(db) };
}

/** Notes "not now", on whatever device; the page about signing in still has it. */
export async function declinePushOffer(db: Db, cardholderId: string): Promise<void> {
	await db.transaction().execute(async (trx) => {
		await saveDeclined(trx, cardholderId, now());
		await appendAudit(trx, {
			actor: { kind: 'cardholder', id: cardholderId },
			action: 'push.offer_declined',
			subjectKind: 'cardholder',
			subjectId: cardholderId,
			cardholderId,
		});
	});
}
