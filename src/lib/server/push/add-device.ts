import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { listDeviceRows, saveDevice } from '#lib/server/push/device.repository.ts';
import { readSubscription, sealSubscription } from '#lib/server/push/device-secret.ts';
import { forgetDevice } from '#lib/server/push/forget-devices.ts';
import { readPushRules } from '#lib/server/push/push-rules.ts';

/**
 * Turns notices on for the device that a signed-in cardholder holds. `subscription` is what its browser made, as JSON. Past the
 * most that one person may have, the one turned on first makes room.
 */
export async function addDevice(
	db: Db,
	{
		cardholderId,
		subscription,
		locale,
		device,
	}: { cardholderId: string; subscription: string; locale: string; device: string },
): Promise<{ ok: true } | { ok: false; refusal: 'not_taken' }> {
	const read = readSubscription(subscription);
	if (!read) return { ok: false, refusal: 'not_taken' };
	const actor = { kind: 'cardholder', id: cardholderId } as const;
	await db.transaction().execute(async (trx) => {
		const sealed = sealSubscription(read, cardholderId);
		const made = { cardholderId, endpointHash: sha256(read.endpoint), sealed, locale, device, at: now() };
		const deviceId = await saveDevice(trx, made);
		await appendAudit(trx, {
			actor,
			action: 'push.turned_on',
			subjectKind: 'push_subscription',
			subjectId: deviceId,
			cardholderId,
		});
		const { mostDevices } = await readPushRules(trx);
		for (const { id } of (await listDeviceRows(trx, cardholderId)).slice(mostDevices)) {
			await forgetDevice(trx, { cardholderId, deviceId: id, actor, why: 'made_room' });
		}
	});
	return { ok: true };
}
