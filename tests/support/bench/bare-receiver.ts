/**
 * The limit that uploads are measured against: a bare server that streams what it gets to a file, hashes it and syncs it. Under
 * `/form` it takes the files of a multipart form by the same parser that the portal uses. Its first line says where it listens.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';

const folder = process.argv[2] ?? '';
await mkdir(folder, { recursive: true });

const server = createServer((request, response) => {
	const received = request.url === '/form' ? receiveForm(request) : receive(request);
	void received.then(
		() => response.writeHead(204).end(),
		() => response.writeHead(500).end(),
	);
});
server.listen(0, '127.0.0.1', () => console.log(`listens on ${String((server.address() as AddressInfo).port)}`));

async function receive(source: Readable): Promise<void> {
	const path = join(folder, randomUUID());
	const hash = createHash('sha256');
	source.on('data', (chunk: Buffer) => hash.update(chunk));
	await pipeline(source, createWriteStream(path));
	hash.digest();
	const handle = await open(path, 'r');
	await handle.sync().finally(() => handle.close());
}

async function receiveForm(request: IncomingMessage): Promise<void> {
	const parser = busboy({ headers: request.headers });
	const files: Promise<void>[] = [];
	parser.on('file', (_name, stream) => files.push(receive(stream)));
	await pipeline(request, parser);
	await Promise.all(files);
}
