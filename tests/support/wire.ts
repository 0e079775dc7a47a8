import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One answer as it came over the line: its head and its body as they were sent, compressed where they were. */
export interface Carried {
	readonly path: string;
	readonly status: number;
	readonly bytes: number;
}

/** A line on which every answer of a server is counted. */
export interface Wire {
	/** The address to give to a browser as its proxy. */
	readonly server: string;
	/** Takes what has come since it was last asked, once every answer that is under way has ended. */
	take(): Promise<Carried[]>;
	close(): Promise<void>;
}

/**
 * Counts what a browser really gets: the page, what it loads, and what the browser fetches by itself (icons, the manifest, a
 * service worker and what that fetches), none of which needs to tell a page's tools.
 *
 * @param origin the only server that is reached; any other address is refused
 */
export async function startWire(origin: string): Promise<Wire> {
	const { hostname, port } = new URL(origin);
	const agent = new Agent({ keepAlive: true });
	let carried: Carried[] = [];
	const running = new Set<Promise<unknown>>();

	async function pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
		const url = new URL(asked.url ?? '/', origin);
		if (url.origin !== new URL(origin).origin) return void answer.writeHead(502).end();
		const { 'proxy-connection': _, ...headers } = asked.headers;
		const path = url.pathname + url.search;
		const onward = request({ hostname, port, path, method: asked.method, headers, agent });
		asked.pipe(onward);
		const [socket] = (await once(onward, 'socket')) as [Socket];
		// A connection serves one answer after the other.
		const before = socket.bytesRead;
		const [came] = (await once(onward, 'response')) as [IncomingMessage];
		const status = came.statusCode ?? 0;
		answer.writeHead(status, came.rawHeaders);
		came.pipe(answer);
		await once(came, 'end');
		carried.push({ path, status, bytes: socket.bytesRead - before });
	}

	const server = createServer((asked, answer) => {
		const passing = pass(asked, answer).catch(() => answer.destroy());
		running.add(passing);
		void passing.finally(() => running.delete(passing));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		server: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
		async take() {
			while (running.size > 0) await Promise.all(running);
			const taken = carried;
			carried = [];
			return taken;
		},
		async close() {
			agent.destroy();
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
