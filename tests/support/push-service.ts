import { createECDH, createPublicKey, type KeyObject, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import ece from 'http_ece';

/** A notice as a device's push service took it: who sent it, how long it is kept, and what the device reads. */
export interface TakenPush {
	readonly subject: string;
	readonly ttl: number;
	/** The bytes as they came: nobody but the device reads them. */
	readonly body: Buffer;
	readonly told: { readonly title: string; readonly path: string; readonly receipt: string; readonly lang: string };
}

/** A browser of a test with a subscription of its own. */
export interface TestDevice {
	/** What its page would send. */
	readonly subscription: string;
	readonly endpoint: string;
	readonly taken: TakenPush[];
}

/**
 * A push service on loopback. It takes what is signed by the key that it was shown first, checks the signature and opens each
 * payload with its device's private key [RFC 8188, 8291, 8292]; it answers with the status that the test sets.
 */
export async function startPushService() {
	const devices = new Map<string, { device: TestDevice; open: (body: Buffer) => Buffer }>();
	const state = { status: 201, key: '' };
	let arrived = 0;
	let held: ((cut: () => void) => void) | undefined;
	const server = createServer((request, response) => {
		void (async () => {
			arrived += 1;
			if (held) {
				held(() => request.destroy());
				held = undefined;
				return;
			}
			const known = devices.get(request.url ?? '');
			const body = await bodyOf(request);
			if (known && state.status < 300) {
				const { subject, key } = readVapid(request, origin());
				if (state.key !== '' && state.key !== key) throw new Error('signed by another key');
				state.key = key;
				if (request.headers['content-encoding'] !== 'aes128gcm') throw new Error('encoded in another way');
				const told = JSON.parse(known.open(body).toString('utf8')) as TakenPush['told'];
				known.device.taken.push({ subject, ttl: Number(request.headers.ttl), body, told });
			}
			response.writeHead(known ? state.status : 404, { location: `${origin()}/elsewhere` }).end();
		})().catch((fault: unknown) => response.writeHead(400).end(String(fault)));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const origin = () => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
	return {
		state,
		/** How many requests came, whatever they were. */
		arrived: () => arrived,
		/** Lets the next request wait without an answer, until its line is cut. */
		holdNext(): { reached: Promise<void>; letGo: () => void } {
			let cut = () => {};
			const reached = new Promise<void>((resolve) => {
				held = (letGo) => {
					cut = letGo;
					resolve();
				};
			});
			return { reached, letGo: () => cut() };
		},
		device(): TestDevice {
			const keys = createECDH('prime256v1');
			const p256dh = keys.generateKeys('base64url');
			const auth = randomBytes(16).toString('base64url');
			const path = `/push/${randomBytes(16).toString('hex')}`;
			const endpoint = `${origin()}${path}`;
			const device = { endpoint, subscription: JSON.stringify({ endpoint, keys: { p256dh, auth } }), taken: [] };
			const open = (body: Buffer) =>
				ece.decrypt(body, { version: 'aes128gcm', privateKey: keys, authSecret: auth }) as Buffer;
			devices.set(path, { device, open });
			return device;
		},
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	return Buffer.concat(parts);
}

/** Who signed a request, where the signature is good, made for this service, and not for longer than a day. */
function readVapid(request: IncomingMessage, origin: string): { subject: string; key: string } {
	const parts = /^vapid t=([^,]+), ?k=(.+)$/.exec(request.headers.authorization ?? '');
	const [, token = '', key = ''] = parts ?? [];
	const [head = '', claims = '', signature = ''] = token.split('.');
	const signed = Buffer.from(`${head}.${claims}`);
	const publicKey = { key: publicKeyOf(key), dsaEncoding: 'ieee-p1363' } as const;
	if (!verify('sha256', signed, publicKey, Buffer.from(signature, 'base64url'))) throw new Error('not signed');
	const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
	const left = Number(exp) - Date.now() / 1000;
	if (aud !== origin || !(left > 0 && left <= 86_400)) throw new Error('not for here and now');
	return { subject: String(sub), key };
}

function publicKeyOf(key: string): KeyObject {
	const point = Buffer.from(key, 'base64url');
	const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
	return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y } as never, format: 'jwk' });
}
