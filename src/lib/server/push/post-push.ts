import { lookup } from 'node:dns';
import { request as requestPlain, type RequestOptions } from 'node:http';
import { request as requestSafe } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPushEndpoint } from '#lib/domain/contact/push-endpoint.ts';
import { env } from '#lib/server/env.ts';
import { isPublicAddress } from '#lib/server/push/public-address.ts';

/** What a push service said: `gone` where it does not know the device any more; `failure` is a short code. */
export type PushPost = { readonly ok: true } | { readonly ok: false; readonly gone: boolean; readonly failure: string };

const PATIENCE_MS = 10_000;

/**
 * Posts one encrypted notice. The address came from a browser, so it is trusted with nothing: https to a public address only, no
 * redirect is followed, nothing of the answer is read but its status, and nobody waits longer than ten seconds.
 */
export function postPush({
	endpoint,
	headers,
	body,
}: {
	endpoint: string;
	headers: object;
	body: Buffer | null;
}): Promise<PushPost> {
	const loopback = env().push === 'loopback';
	if (!isPushEndpoint(endpoint, { loopback })) return Promise.resolve(failed('not_public'));
	const url = new URL(endpoint);
	return new Promise((resolve) => {
		const options: RequestOptions = {
			method: 'POST',
			headers: headers as Record<string, string>,
			signal: AbortSignal.timeout(PATIENCE_MS),
			agent: false,
			...(!loopback && { lookup: lookupPublic }),
		};
		const request = (url.protocol === 'http:' ? requestPlain : requestSafe)(url, options, (response) => {
			// An answer may be as long as it likes: its status is all that is wanted.
			response.on('error', () => undefined).destroy();
			resolve(outcomeOf(response.statusCode ?? 0));
		});
		request.on('error', (fault: NodeJS.ErrnoException) => {
			if (fault.name === 'AbortError' || fault.name === 'TimeoutError') resolve(failed('timeout'));
			else resolve(failed(fault.code === NOT_PUBLIC ? 'not_public' : 'unreachable'));
		});
		request.end(body ?? undefined);
	});
}

const NOT_PUBLIC = 'ENOTPUBLIC';

/** Looks a name up for the connection itself, so that what was looked at is what is called; one private address spoils it. */
const lookupPublic: LookupFunction = (host, options, answer) => {
	lookup(host, { ...options, all: true }, (fault, addresses) => {
		if (fault) return answer(fault, []);
		if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address))) {
			return answer(Object.assign(new Error('leads to no public address'), { code: NOT_PUBLIC }), []);
		}
		if (options.all) return answer(null, addresses);
		answer(null, addresses[0]?.address ?? '', addresses[0]?.family);
	});
};

/** 404 and 410 mean that there is no such device any more [RFC 8030, 7.3]. */
function outcomeOf(status: number): PushPost {
	if (status >= 200 && status < 300) return { ok: true };
	return { ok: false, gone: status === 404 || status === 410, failure: `http_${String(status)}` };
}

function failed(failure: string): PushPost {
	return { ok: false, gone: false, failure };
}
