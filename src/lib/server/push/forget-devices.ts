import { type Actor, appendAudits } from '#lib/server/audit/append-audit.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { deleteDevices } from '#lib/server/push/device.repository.ts';

/** Why a device is told nothing any more. */
export type WhyForgotten =
	'stopped' | 'made_room' | 'signed_out_everywhere' | 'number_silenced' | 'number_changed' | 'gone' | 'unanswered';

interface Forgotten {
	readonly cardholderId: string;
	readonly actor: Actor;
	readonly why: WhyForgotten;
}

/** Takes away one device of a person's; false where it is none of theirs. */
export async function forgetDevice(
	trx: Trx,
	{ deviceId, ...forgotten }: Forgotten & { deviceId: string },
): Promise<boolean> {
	return (await takeAway(trx, forgotten, deviceId)) > 0;
}

/** Takes away all of a person's devices; returns how many there were. */
export async function forgetDevices(trx: Trx, forgotten: Forgotten): Promise<number> {
	return takeAway(trx, forgotten);
}

async function takeAway(trx: Trx, { cardholderId, actor, why }: Forgotten, deviceId?: string): Promise<number> {
	const gone = await deleteDevices(trx, cardholderId, deviceId);
	await appendAudits(
		trx,
		gone.map((subjectId) => ({
			actor,
			action: 'push.removed',
			subjectKind: 'push_subscription',
			subjectId,
			cardholderId,
			detail: { why },
		})),
	);
	return gone.length;
}
