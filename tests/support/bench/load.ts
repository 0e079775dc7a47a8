import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A request as it goes over the line. */
export function requestBytes(origin: string, { path, headers }: Ask): Buffer {
	const lines = Object.entries({ host: new URL(origin).host, ...headers }).map(
		([name, value]) => `${name}: ${value}\r\n`,
	);
	return Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
}

interface Ask {
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
}

/** What a load came to: how long each answer was waited for, in milliseconds, and how many were no page. */
export interface Loaded {
	readonly seconds: number;
	readonly waits: readonly number[];
	readonly errors: number;
}

/** So many connections, each asking again as soon as it is answered, for so many seconds: as much as the server can do. */
export async function loadFully(
	origin: string,
	{ asks, connections, seconds }: { asks: readonly Buffer[]; connections: number; seconds: number },
): Promise<Loaded> {
	const started = performance.now();
	const until = started + seconds * 1000;
	const waits: number[] = [];
	let errors = 0;
	let next = 0;
	const run = async () => {
		const line = await openLine(origin);
		while (performance.now() < until) {
			const from = performance.now();
			if ((await line.ask(asks[next++ % asks.length] ?? Buffer.alloc(0))) !== 200) errors++;
			waits.push(performance.now() - from);
		}
		line.close();
	};
	await Promise.all(Array.from({ length: connections }, run));
	return { seconds: (performance.now() - started) / 1000, waits, errors };
}

/**
 * So many requests a second, each at its own time whether earlier ones are answered or not. A wait counts from when its request was
 * due, so that a server that stands still for a second has kept everybody of that second waiting. [coordinated omission, G. Tene]
 */
export async function loadSteadily(
	origin: string,
	{ asks, rate, seconds }: { asks: readonly Buffer[]; rate: number; seconds: number },
): Promise<Loaded> {
	const started = performance.now();
	const count = Math.floor(rate * seconds);
	const waits: number[] = [];
	const free: Line[] = [];
	const all: Promise<void>[] = [];
	let errors = 0;
	const ask = async (nth: number, due: number) => {
		const line = free.pop() ?? (await openLine(origin));
		if ((await line.ask(asks[nth % asks.length] ?? Buffer.alloc(0)).catch(() => 0)) !== 200) errors++;
		else free.push(line);
		waits.push(performance.now() - due);
	};
	for (let nth = 0; nth < count;) {
		const dueNow = Math.min(count, Math.floor(((performance.now() - started) / 1000) * rate) + 1);
		for (; nth < dueNow; nth++) all.push(ask(nth, started + (nth / rate) * 1000));
		await new Promise((done) => setTimeout(done, 1));
	}
	await Promise.all(all);
	for (const line of free) line.close();
	return { seconds: (performance.now() - started) / 1000, waits, errors };
}

/** A connection that is kept open; one request at a time. */
interface Line {
	/** Sends a request and waits for the whole answer; returns its status. */
	ask(request: Buffer): Promise<number>;
	close(): void;
}

/** Far cheaper than node:http's own client, which would take from the servers the processor that they are measured by. */
async function openLine(origin: string): Promise<Line> {
	const { hostname, port } = new URL(origin);
	const socket = connect({ host: hostname, port: Number(port), noDelay: true });
	await once(socket, 'connect');
	return {
		ask: (request) => answerOf(socket, request),
		close: () => socket.destroy(),
	};
}

function answerOf(socket: Socket, request: Buffer): Promise<number> {
	return new Promise((resolve, reject) => {
		let received: Buffer = Buffer.alloc(0);
		const settle = (end: () => void) => {
			socket.off('data', take).off('error', fail).off('close', fail);
			end();
		};
		const fail = (fault?: unknown) => {
			settle(() => reject(fault instanceof Error ? fault : new Error('the connection was closed')));
		};
		const take = (bytes: Buffer) => {
			received = received.length === 0 ? bytes : Buffer.concat([received, bytes]);
			if (isWhole(received)) settle(() => resolve(Number(received.toString('latin1', 9, 12))));
		};
		socket.on('data', take).on('error', fail).on('close', fail);
		socket.write(request);
	});
}

const HEAD_END = '\r\n\r\n';
const LAST_CHUNK = '\r\n0\r\n\r\n';

/** By its length where it says one, else by its last chunk: nothing follows an answer until the next request. */
function isWhole(received: Buffer): boolean {
	const end = received.indexOf(HEAD_END);
	if (end === -1) return false;
	const head = received.toString('latin1', 0, end);
	const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
	if (length !== undefined) return received.length >= end + HEAD_END.length + Number(length);
	return received.toString('latin1', received.length - LAST_CHUNK.length) === LAST_CHUNK;
}
