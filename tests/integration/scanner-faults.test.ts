import { once } from 'node:events';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { clamdScanner } from '#lib/server/scan/clamd-scanner.ts';
import type { ScannerFailure } from '#lib/server/scan/scanner.ts';
import { freePort } from '../support/free-port.ts';

const LONG = 20_000;
const SHORT = 100;
const SMALL = 'a small file';
/** What goes over the line for it: the command, its length and bytes, and a length of zero. */
const WHOLE = Buffer.concat([Buffer.from('zINSTREAM\0\0\0\0\x0c'), Buffer.from(SMALL), Buffer.alloc(4)]);

let folder = '';
let small = '';
let huge = '';
let server: Server | undefined;
const sockets: Socket[] = [];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'portal-scanner-'));
	[small, huge] = [join(folder, 'small'), join(folder, 'huge')];
	await writeFile(small, SMALL);
	await writeFile(huge, '');
	await truncate(huge, 1_000_000_000);
});
afterEach(() => {
	for (const socket of sockets.splice(0)) socket.destroy();
	server?.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Asks a server of the test's own about a file; `talk` is its side of the line. */
async function ask(path: string, talk: (line: Socket) => void, patience = { connectMs: LONG, answerMs: LONG }) {
	server = createServer({ pauseOnConnect: true }, (line) => {
		sockets.push(line.on('error', () => undefined));
		talk(line);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return clamdScanner({ host: '127.0.0.1', port }, patience).scan(path);
}

/** A talk that hears the whole small file and then does something. */
const heard = (then: (line: Socket) => void) => (line: Socket) => {
	const pieces: Buffer[] = [];
	line.on('data', (piece: Buffer) => {
		pieces.push(piece);
		if (Buffer.concat(pieces).equals(WHOLE)) then(line);
	});
	line.resume();
};

const unavailable = (reason: ScannerFailure) => ({ name: 'ScannerUnavailable', reason });

test('the file goes over the line as the protocol has it, and an answer in pieces is one answer', async () => {
	const talk = heard((line) => line.write('stream: ', () => line.end('OK\0')));
	expect(await ask(small, talk)).toEqual({ verdict: 'clean' });
});

test('silence ends with the patience, whether the file was taken or not', async () => {
	const impatient = { connectMs: LONG, answerMs: SHORT };
	for (const talk of [heard(() => undefined), () => undefined]) {
		await expect(ask(small, talk, impatient)).rejects.toMatchObject(unavailable('timeout'));
	}
});

test('nobody waits for ever to be connected', async () => {
	const nowhere = { host: 'scanner.invalid', port: 1, lookup: () => undefined };
	const scanner = clamdScanner(nowhere, { connectMs: SHORT, answerMs: LONG });
	await expect(scanner.scan(small)).rejects.toMatchObject(unavailable('timeout'));
});

test('nobody there is told as such, on a port and on a socket', async () => {
	const port = Number(await freePort());
	for (const address of [{ host: '127.0.0.1', port }, { path: join(folder, 'no-socket') }]) {
		await expect(clamdScanner(address).scan(small)).rejects.toMatchObject(unavailable('unreachable'));
	}
});

test.each(['', 'stream: O', 'stream: OK', 'stream: Some.Name FOUND'])(
	'an answer that breaks off is none: %j',
	async (half) => {
		await expect(
			ask(
				small,
				heard((line) => line.end(half)),
			),
		).rejects.toMatchObject(unavailable('hung_up'));
		await expect(
			ask(
				small,
				heard((line) => line.write(half, () => line.resetAndDestroy())),
			),
		).rejects.toMatchObject(unavailable('hung_up'));
	},
);

test.each([
	'',
	'OK',
	'PONG',
	'stream: ok',
	'stream: OK FOUND?',
	'stream: FOUND',
	'xstream: OK',
	'stream: Can not open ERROR',
])('an answer that says nothing we know is no verdict: %j', async (nonsense) => {
	await expect(
		ask(
			small,
			heard((line) => line.end(`${nonsense}\0`)),
		),
	).rejects.toMatchObject(unavailable('unknown_answer'));
});

test('an answer without an end is not listened to for ever', async () => {
	const flood = (line: Socket) => line.on('drain', () => line.write('stream: ')).write('x'.repeat(1_000_000));
	await expect(ask(small, heard(flood))).rejects.toMatchObject(unavailable('unknown_answer'));
});

test('a verdict on a file that was not sent to its end is none', async () => {
	for (const early of ['stream: OK\0', 'stream: Some.Name FOUND\0']) {
		await expect(ask(huge, (line) => line.write(early))).rejects.toMatchObject(unavailable('unknown_answer'));
	}
});

test('a limit told while the file is on its way ends the sending, though nobody reads any more', async () => {
	const talk = (line: Socket) => line.write('INSTREAM size limit exceeded. ERROR\0');
	await expect(ask(huge, talk)).rejects.toMatchObject(unavailable('size_limit'));
});

test('a line cut while the file is on its way is told, however it is cut', async () => {
	const cuts = [
		(line: Socket) => line.destroy(),
		(line: Socket) => line.resetAndDestroy(),
		(line: Socket) => line.end(),
	];
	for (const cut of cuts) {
		const talk = (line: Socket) => line.once('data', () => cut(line)).resume();
		await expect(ask(huge, talk)).rejects.toMatchObject(unavailable('hung_up'));
	}
});

test('who reads nothing does not fill the memory, and is given up while we wait to write', async () => {
	const before = process.memoryUsage().arrayBuffers;
	await expect(ask(huge, () => undefined, { connectMs: LONG, answerMs: 500 })).rejects.toMatchObject(
		unavailable('timeout'),
	);
	expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32_000_000);
});

test('a file that breaks while it is read rejects with its own fault', async () => {
	await expect(ask(folder, (line) => line.resume())).rejects.toMatchObject({ code: 'EISDIR' });
});
