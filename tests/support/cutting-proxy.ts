import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line that breaks: what goes up is counted over all connections, and at chosen places the connection is cut. */
export interface CuttingProxy {
	readonly port: number;
	/** How often it has cut by now. */
	cuts(): number;
	close(): Promise<void>;
}

interface Options {
	/** The port on this machine that it leads to. */
	readonly to: number;
	readonly seed: number;
	readonly cuts: number;
	/** Between two cuts so many bytes go up, at least and at most. */
	readonly apart: readonly [least: number, most: number];
}

/** Every second cut, by chance, lets the bytes through and loses the answer instead. */
export async function startCuttingProxy({ to, seed, cuts, apart }: Options): Promise<CuttingProxy> {
	const next = chance(seed);
	const open = new Set<Socket>();
	const place = () => Math.round(apart[0] + next() * (apart[1] - apart[0]));
	let done = 0;
	let left = place();
	const server = createServer((client) => {
		const upstream = connect(to, '127.0.0.1');
		let losesAnswer = false;
		const cut = () => {
			for (const socket of [client, upstream]) socket.destroy();
		};
		const cutOnce = () => {
			done += 1;
			left = place();
		};
		for (const socket of [client, upstream]) {
			open.add(socket);
			socket.on('close', () => {
				open.delete(socket);
				cut();
			});
			socket.on('error', cut);
		}
		client.on('data', (bytes) => {
			if (done >= cuts || bytes.length < left) {
				left -= done < cuts ? bytes.length : 0;
				upstream.write(bytes);
				return;
			}
			losesAnswer = next() < 0.5;
			upstream.write(losesAnswer ? bytes : bytes.subarray(0, left));
			cutOnce();
			// What was written goes out before the end does.
			if (!losesAnswer) upstream.end(() => client.destroy());
		});
		upstream.on('data', (bytes) => {
			if (losesAnswer) cut();
			else client.write(bytes);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		port: (server.address() as AddressInfo).port,
		cuts: () => done,
		async close() {
			for (const socket of open) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}

/** Chance that comes again with its seed (mulberry32). */
function chance(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
