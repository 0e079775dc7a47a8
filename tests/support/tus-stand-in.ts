import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';

/** One file that arrived whole. */
export interface Arrived {
	readonly client: string;
	readonly name: string;
	readonly kind: string;
	readonly sha256: string;
	readonly size: number;
}

/** The application with another endpoint for uploads in its place. */
export interface StandIn {
	readonly port: number;
	readonly arrived: Arrived[];
	/** What creations are answered with from now on; undefined takes them. */
	answerWith(answer: { status: number; body: string } | undefined): void;
	close(): Promise<void>;
}

const PATH = '/documents/upload';

/** Passes everything on to the application on a port, and takes uploads itself. */
export async function startStandIn(application: number): Promise<StandIn> {
	const directory = await mkdtemp(join(tmpdir(), 'portal-tus-'));
	const arrived: Arrived[] = [];
	let answer: { status: number; body: string } | undefined;
	const tus = new Server({
		path: PATH,
		datastore: new FileStore({ directory }),
		relativeLocation: true,
		async onUploadFinish(_, { id, metadata, size }) {
			const bytes = await readFile(join(directory, id));
			const sha256 = createHash('sha256').update(bytes).digest('hex');
			const { client, filename, kind } = { client: '', filename: '', kind: '', ...metadata };
			arrived.push({ client: client ?? '', name: filename ?? '', kind: kind ?? '', sha256, size: size ?? 0 });
			return {};
		},
	});
	const server = createServer((incoming, response) => {
		const isUpload = incoming.url?.startsWith(PATH) ?? false;
		if (isUpload && answer && incoming.method === 'POST') {
			response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
			return;
		}
		if (isUpload) {
			void tus.handle(incoming, response);
			return;
		}
		const { method, url, headers } = incoming;
		const onward = request({ port: application, host: '127.0.0.1', method, path: url, headers }, (back) => {
			response.writeHead(back.statusCode ?? 502, back.headers);
			back.pipe(response);
		});
		onward.on('error', () => response.destroy());
		incoming.pipe(onward);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		port: (server.address() as AddressInfo).port,
		arrived,
		answerWith: (one) => (answer = one),
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
			await rm(directory, { recursive: true, force: true });
		},
	};
}
