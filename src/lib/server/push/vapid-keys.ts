import * as v from 'valibot';
import webPush from 'web-push';
import { openText, seal } from '#lib/server/crypto/seal.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { findPushSetting, insertPushSetting } from '#lib/server/push/push-setting.repository.ts';

/** Who we are to a push service [RFC 8292]; the keys are base64url. */
export interface VapidDetails {
	readonly subject: string;
	readonly publicKey: string;
	readonly privateKey: string;
}

const Kept = v.object({ publicKey: v.string(), privateKeySealed: v.string() });

/**
 * The pair of keys that all processes share: made at first use, the private one kept sealed. Throws where SECRET_KEY is not that
 * under which it was sealed.
 */
export async function getVapidDetails(db: DbOrTrx): Promise<VapidDetails> {
	const { publicKey, privateKeySealed } = await getKept(db);
	const privateKey = openText('push', Buffer.from(privateKeySealed, 'base64'), publicKey);
	return { subject: subject(), publicKey, privateKey };
}

/** The public key alone, with which a browser asks its push service for an address that takes messages from us only. */
export async function getPushKey(db: DbOrTrx): Promise<string> {
	return (await getKept(db)).publicKey;
}

async function getKept(db: DbOrTrx): Promise<v.InferOutput<typeof Kept>> {
	const known = await findPushSetting(db, 'push_keys');
	if (known !== undefined) return v.parse(Kept, known);
	const { publicKey, privateKey } = webPush.generateVAPIDKeys();
	const privateKeySealed = seal('push', privateKey, publicKey).toString('base64');
	await insertPushSetting(db, 'push_keys', { publicKey, privateKeySealed });
	return v.parse(Kept, await findPushSetting(db, 'push_keys'));
}

/** Where a push service reaches whoever sends: our address; an address of mail where that is none on https, as in the demo. */
function subject(): string {
	const { origin } = env();
	return origin.startsWith('https:') ? origin : `mailto:portal@${new URL(origin).hostname}`;
}
