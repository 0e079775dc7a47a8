import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import type { S3Settings } from '#lib/server/storage/s3-store.ts';

/** A server that speaks S3, on a free port of this machine, with one empty bucket. */
export async function startS3(): Promise<{ settings: S3Settings; stop(): Promise<void> }> {
	const directory = await mkdtemp(join(tmpdir(), 'portal-s3-'));
	const rver = new S3rver({
		address: '127.0.0.1',
		port: 0,
		silent: true,
		directory,
		configureBuckets: [{ name: 'evidence', configs: [] }],
	});
	const { port } = await rver.run();
	return {
		settings: {
			endpoint: `http://127.0.0.1:${String(port)}`,
			bucket: 'evidence',
			prefix: 'portal/',
			region: 'us-east-1',
			accessKeyId: 'S3RVER',
			secretAccessKey: 'S3RVER',
		},
		async stop() {
			await rver.close();
			await rm(directory, { recursive: true, force: true });
		},
	};
}
