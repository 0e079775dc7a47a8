import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { seededRandom } from '#lib/server/demo/random.ts';

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
	const random = seededRandom(seed);
	const open = new Set<Socket>();
	const place = () => random.whole(...apart);
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
			losesAnswer = random.chance(50);
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
