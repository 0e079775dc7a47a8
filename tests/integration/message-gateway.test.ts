import { createHmac } from 'node:crypto';
import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Trx } from '#lib/server/db/connect.ts';
import { httpGateway } from '#lib/server/message/http-gateway.ts';

const secret = 'a secret shared with the message service';
const message = {
	messageId: '6f2c5a0e-6d0f-4b57-9d0a-3d5a0f8c2b11',
	template: 'reminder',
	locale: 'zh-CN',
	phone: '+8613800000000',
	text: '【示例银行】您有新的服务通知',
	at: new Date(),
} as const;
const trx = undefined as unknown as Trx;

let server: Server;
let url: string;
let answer = 202;
const received: { headers: IncomingMessage['headers']; body: string; method: string | undefined }[] = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			received.push({
				headers: request.headers,
				body: Buffer.concat(chunks).toString('utf8'),
				method: request.method,
			});
			if (answer === 302) response.setHeader('location', '/elsewhere');
			response.writeHead(answer).end('noted');
		});
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/messages`;
});
afterAll(() => new Promise((done) => server.close(done)));

async function handOver(status: number) {
	answer = status;
	received.length = 0;
	return httpGateway({ url, secret }).handOver(trx, message);
}

test('a message comes as JSON, signed with its time, under its own id', async () => {
	expect(await handOver(202)).toEqual({ ok: true });
	const [post] = received;
	if (!post) throw new Error('nothing came');
	expect(post.method).toBe('POST');
	expect(JSON.parse(post.body)).toEqual({
		id: message.messageId,
		template: 'reminder',
		locale: 'zh-CN',
		to: message.phone,
		text: message.text,
	});
	const timestamp = String(post.headers['x-portal-timestamp']);
	expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
	const expected = createHmac('sha256', secret).update(`${timestamp}.${post.body}`).digest('hex');
	expect(post.headers['x-portal-signature']).toBe(`sha256=${expected}`);
	expect(post.headers['idempotency-key']).toBe(message.messageId);
	expect(post.headers['content-type']).toBe('application/json');
});

test('a service that is busy or broken is asked again, one that refuses for good is not', async () => {
	for (const status of [429, 500, 503, 401, 404]) {
		expect(await handOver(status)).toEqual({ ok: false, failure: `http_${String(status)}`, final: false });
	}
	for (const status of [400, 410, 422]) {
		expect(await handOver(status)).toEqual({ ok: false, failure: `http_${String(status)}`, final: true });
	}
});

test('a message follows no redirect', async () => {
	expect(await handOver(302)).toEqual({ ok: false, failure: 'unreachable', final: false });
	expect(received).toHaveLength(1);
});

test('a service that is not there is a failure to try again', async () => {
	const nowhere = httpGateway({ url: 'http://127.0.0.1:1/', secret });
	expect(await nowhere.handOver(trx, message)).toEqual({ ok: false, failure: 'unreachable', final: false });
});
