import * as v from 'valibot';
import { isPushEndpoint } from '#lib/domain/contact/push-endpoint.ts';
import { open, seal } from '#lib/server/crypto/seal.ts';
import { env } from '#lib/server/env.ts';

const bytes = (count: number) =>
	v.pipe(
		v.string(),
		v.regex(/^[\w-]+={0,2}$/),
		v.check((text) => Buffer.from(text, 'base64url').length === count),
	);

/** A browser's subscription, as its own `toJSON` gives it: where its push service is, and for whom to encrypt [RFC 8291]. */
const Subscription = v.object({
	endpoint: v.pipe(
		v.string(),
		v.check((endpoint) => isPushEndpoint(endpoint, { loopback: env().push === 'loopback' })),
	),
	keys: v.object({ p256dh: bytes(65), auth: bytes(16) }),
});

export type PushSubscriptionKeys = v.InferOutput<typeof Subscription>;

/** What a browser sent as its subscription; undefined where it is none, or leads to where we do not call. */
export function readSubscription(text: string): PushSubscriptionKeys | undefined {
	try {
		const parsed = v.safeParse(Subscription, JSON.parse(text));
		return parsed.success ? parsed.output : undefined;
	} catch {
		return undefined;
	}
}

/** The same sealed for the person whose it is: in nobody else's row does it open. */
export function sealSubscription(subscription: PushSubscriptionKeys, cardholderId: string): Buffer {
	return seal('push', JSON.stringify(subscription), cardholderId);
}

/** What was sealed for the person. Throws where it was not, or was changed. */
export function openSubscription(sealed: Uint8Array, cardholderId: string): PushSubscriptionKeys {
	return v.parse(Subscription, JSON.parse(open('push', sealed, cardholderId).toString('utf8')));
}
