import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { type Scanner, type ScannerFailure, ScannerUnavailable, type Verdict } from '#lib/server/scan/scanner.ts';

/** Where clamd listens: a port of a host, or a Unix socket. */
export type ClamdAddress = { readonly host: string; readonly port: number } | { readonly path: string };

/** How long clamd may take, in milliseconds: to be reached, and from then on to take the file and answer. */
export interface Patience {
	readonly connectMs: number;
	readonly answerMs: number;
}

/** By itself, clamd gives a file two minutes. */
const PATIENCE: Patience = { connectMs: 5_000, answerMs: 150_000 };

const PIECE_BYTES = 65_536;
const LONGEST_ANSWER = 1_000;

/**
 * A ClamAV daemon, asked with its command INSTREAM: it gets the bytes and needs no access to our files. Nothing but its whole
 * answer to the whole file is a verdict.
 */
export function clamdScanner(address: ClamdAddress, patience: Patience = PATIENCE): Scanner {
	return {
		async scan(path) {
			const socket = connect(address);
			const over = new AbortController();
			const answer = answerFrom(socket, patience).finally(() => over.abort());
			const sending = send(path, socket, over.signal);
			try {
				const sent = await Promise.race([sending, answer.then(() => false)]);
				return verdictOf(await answer, sent);
			} finally {
				socket.destroy();
				// Whoever asked may move or remove the file now.
				await sending.catch(() => false);
			}
		},
	};
}

/** Sends the file in pieces, each after its length, and a length of zero; false where the talk was over before. */
async function send(path: string, socket: Socket, over: AbortSignal): Promise<boolean> {
	socket.write('zINSTREAM\0');
	for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>) {
		if (over.aborted) return false;
		socket.write(lengthOf(piece));
		// What breaks the line is told by the answer that does not come.
		if (!socket.write(piece)) await once(socket, 'drain', { signal: over }).catch(() => undefined);
	}
	socket.write(lengthOf(NOTHING));
	return !over.aborted;
}

const NOTHING = Buffer.alloc(0);

function lengthOf(piece: Buffer): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(piece.length);
	return length;
}

/** The answer, without the zero that ends it; rejects with `ScannerUnavailable` where none comes, or only a part. */
function answerFrom(socket: Socket, { connectMs, answerMs }: Patience): Promise<string> {
	const { promise, resolve, reject } = Promise.withResolvers<string>();
	const fail = (reason: ScannerFailure, cause?: unknown) => reject(new ScannerUnavailable(reason, { cause }));
	const giveUp = () => fail('timeout');
	let timer = setTimeout(giveUp, connectMs);
	let answer = '';
	let connected = false;
	socket.setEncoding('latin1');
	socket.on('connect', () => {
		connected = true;
		clearTimeout(timer);
		timer = setTimeout(giveUp, answerMs);
	});
	socket.on('data', (text: string) => {
		answer += text;
		if (answer.endsWith('\0')) resolve(answer.slice(0, -1));
		else if (answer.length > LONGEST_ANSWER) fail('unknown_answer');
	});
	socket.on('end', () => fail('hung_up'));
	socket.on('error', (fault) => fail(connected ? 'hung_up' : 'unreachable', fault));
	socket.on('close', () => {
		clearTimeout(timer);
		fail('hung_up');
	});
	return promise;
}

/** What an answer says, of a file that was `sent` whole or not. */
function verdictOf(answer: string, sent: boolean): Verdict {
	if (answer === 'INSTREAM size limit exceeded. ERROR') throw new ScannerUnavailable('size_limit');
	const found = /^stream: (.+) FOUND$/.exec(answer)?.[1];
	if (sent && found !== undefined) return { verdict: 'infected', signature: found };
	if (sent && answer === 'stream: OK') return { verdict: 'clean' };
	throw new ScannerUnavailable('unknown_answer', { cause: answer });
}
