import { createHmac } from 'node:crypto';
import { now } from '#lib/server/clock.ts';
import type { Gateway, HandOver } from '#lib/server/message/gateway.ts';

const PATIENCE_MS = 10_000;

/**
 * The gateway to a bank's own message service: a POST of `{ id, template, locale, to, text }` as JSON.
 *
 * - `Idempotency-Key` is the message's id: the same message may come twice and must go out once.
 * - `X-Portal-Timestamp` is the time in seconds since 1970, `X-Portal-Signature` is `sha256=` and the HMAC-SHA256, in hex,
 *   of the timestamp, a dot and the body, with the shared secret.
 *
 * Any 2xx means taken. 400, 410 and 422 mean never; everything else, and no answer within ten seconds, is tried again.
 */
export function httpGateway({ url, secret }: { url: string; secret: string }): Gateway {
	return {
		kind: 'http',
		async handOver(_trx, { messageId, template, locale, phone, text }) {
			const body = JSON.stringify({ id: messageId, template, locale, to: phone, text });
			const timestamp = String(Math.floor(now().getTime() / 1000));
			try {
				const response = await fetch(url, {
					method: 'POST',
					headers: {
						'content-type': 'application/json',
						'idempotency-key': messageId,
						'x-portal-timestamp': timestamp,
						'x-portal-signature': `sha256=${signatureOf(secret, timestamp, body)}`,
					},
					body,
					// A message goes to the address of the settings and nowhere else.
					redirect: 'error',
					signal: AbortSignal.timeout(PATIENCE_MS),
				});
				await response.body?.cancel();
				return outcomeOf(response.status);
			} catch (fault) {
				const late = fault instanceof Error && fault.name === 'TimeoutError';
				return { ok: false, failure: late ? 'timeout' : 'unreachable', final: false };
			}
		},
	};
}

/** The HMAC-SHA256 by which the service knows that a message is ours and fresh. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
	return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
}

function outcomeOf(status: number): HandOver {
	if (status >= 200 && status < 300) return { ok: true };
	return { ok: false, failure: `http_${String(status)}`, final: [400, 410, 422].includes(status) };
}
