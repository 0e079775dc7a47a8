import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import {
	DeleteObjectCommand,
	GetObjectCommand,
	ListObjectsV2Command,
	NoSuchKey,
	PutObjectCommand,
	S3Client,
} from '@aws-sdk/client-s3';
import { ObjectMissing, type ObjectStore } from '#lib/server/storage/object-store.ts';

/** Where a bucket is and who may write to it. */
export interface S3Settings {
	/** Such as https://s3.cn-north-1.amazonaws.com.cn; the bucket is a folder of it. */
	readonly endpoint: string;
	readonly bucket: string;
	/** What every key begins with; empty, or ending in a stroke. */
	readonly prefix: string;
	readonly region: string;
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
}

/** Objects in any store that speaks S3. What it is asked is tried again by the client, with pauses, where the line breaks. */
export function s3Store({ endpoint, bucket, prefix, region, ...credentials }: S3Settings): ObjectStore {
	const client = new S3Client({
		endpoint,
		region,
		credentials,
		forcePathStyle: true,
		// Stores other than the first know no newer checksums; each piece of ours carries its own proof.
		requestChecksumCalculation: 'WHEN_REQUIRED',
		responseChecksumValidation: 'WHEN_REQUIRED',
	});
	return {
		async put(key, path) {
			const { size } = await stat(path);
			const Body = createReadStream(path);
			try {
				await client.send(
					new PutObjectCommand({ Bucket: bucket, Key: prefix + key, Body, ContentLength: size, ContentType: TYPE }),
				);
			} finally {
				Body.destroy();
			}
			await rm(path, { force: true });
		},
		async open(key) {
			try {
				const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: prefix + key }));
				if (!Body) throw new ObjectMissing(key);
				return Body as Readable;
			} catch (fault) {
				throw fault instanceof NoSuchKey ? new ObjectMissing(key) : fault;
			}
		},
		async remove(key) {
			await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: prefix + key }));
		},
		async *list() {
			let from: string | undefined;
			do {
				const page = await client.send(
					new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: from }),
				);
				for (const { Key, LastModified } of page.Contents ?? []) {
					if (Key && LastModified) yield { key: Key.slice(prefix.length), keptAt: LastModified };
				}
				from = page.NextContinuationToken;
			} while (from !== undefined);
		},
	};
}

/** Whatever it is, to the store it is bytes. */
const TYPE = 'application/octet-stream';
