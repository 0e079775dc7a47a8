import type { Db } from '#lib/server/db/connect.ts';
import { forgetDevice } from '#lib/server/push/forget-devices.ts';

/** Stops the notices on one of a cardholder's own devices. What is on its way to it goes by SMS instead. */
export async function stopDevice(
	db: Db,
	{ cardholderId, deviceId }: { cardholderId: string; deviceId: string },
): Promise<{ ok: true } | { ok: false; refusal: 'not_found' }> {
	const actor = { kind: 'cardholder', id: cardholderId } as const;
	const stopped = await db
		.transaction()
		.execute((trx) => forgetDevice(trx, { cardholderId, deviceId, actor, why: 'stopped' }));
	return stopped ? { ok: true } : { ok: false, refusal: 'not_found' };
}
