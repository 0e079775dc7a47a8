import webPush from 'web-push';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { log } from '#lib/server/log.ts';
import { saveFailure } from '#lib/server/push/attempt.repository.ts';
import { noteSent } from '#lib/server/push/device.repository.ts';
import { openSubscription } from '#lib/server/push/device-secret.ts';
import { forgetDevice } from '#lib/server/push/forget-devices.ts';
import type { PlannedPush } from '#lib/server/push/plan-pushes.ts';
import { postPush, type PushPost } from '#lib/server/push/post-push.ts';
import { pushText } from '#lib/server/push/push-text.ts';
import { getVapidDetails, type VapidDetails } from '#lib/server/push/vapid-keys.ts';

/** Where a notice leads, whatever it is about: its reader finds the rest behind the sign-in. */
const PATH = '/application';

/**
 * Sends notices that were planned, each to its device's push service, and notes what came of each. Returns whether any was taken;
 * whether it arrived its device says later. A device that its service does not know any more is forgotten.
 */
export async function sendPushes(db: Db, pushes: readonly PlannedPush[]): Promise<boolean> {
	const outcomes = await Promise.all(pushes.map(async (push) => ({ push, ...(await sendOne(db, push)) })));
	await db.transaction().execute(async (trx) => {
		for (const { push, ...outcome } of outcomes) {
			const { attemptId, deviceId, cardholderId } = push;
			await noteSent(trx, deviceId, { at: now(), taken: outcome.ok });
			if (outcome.ok) continue;
			await saveFailure(trx, attemptId, outcome.failure);
			const actor = { kind: 'system', id: null } as const;
			if (outcome.gone) await forgetDevice(trx, { cardholderId, deviceId, actor, why: 'gone' });
		}
	});
	return outcomes.some(({ ok }) => ok);
}

async function sendOne(db: Db, push: PlannedPush): Promise<PushPost> {
	try {
		return await postPush(requestOf(push, await getVapidDetails(db)));
	} catch (fault) {
		// Sealed under another key, for one: the SMS goes, and whoever reads the log learns why.
		log.error({ job: 'push', fault }, 'a notice could not be made');
		return { ok: false, gone: false, failure: 'not_made' };
	}
}

/** The request with its payload encrypted for the device: the sentence that is shown, where it leads, and what is said back. */
function requestOf({ sealed, cardholderId, locale, receipt, until }: PlannedPush, vapidDetails: VapidDetails) {
	const { bankName } = env();
	const payload = JSON.stringify({ title: pushText(locale, bankName), path: PATH, receipt, lang: locale });
	const TTL = Math.max(0, Math.floor((until.getTime() - now().getTime()) / 1000));
	return webPush.generateRequestDetails(openSubscription(sealed, cardholderId), payload, {
		vapidDetails,
		TTL,
		urgency: 'normal',
	});
}
