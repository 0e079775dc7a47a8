import type { Readable } from 'node:stream';

/** A kept object, as a sweep finds it. */
export interface KeptObject {
	readonly key: string;
	readonly keptAt: Date;
}

/** Where bytes are kept for good, under keys of ours. What it is given is encrypted already: it needs no secret and knows nobody. */
export interface ObjectStore {
	/** Keeps the file at a path under a key. When this returns, the bytes survive a power cut; the file itself may be gone. */
	put(key: string, path: string): Promise<void>;
	/** The bytes under a key, from the start. Rejects with `ObjectMissing` where there are none. */
	open(key: string): Promise<Readable>;
	/** Removes the bytes under a key; harmless where there are none. */
	remove(key: string): Promise<void>;
	/** Everything that is kept, in no order. */
	list(): AsyncIterable<KeptObject>;
}

/** There are no bytes under a key. */
export class ObjectMissing extends Error {
	override readonly name = 'ObjectMissing';
}

/** Whether a fault says that there is no room left, on a disk or in a store. */
export function isFull(fault: unknown): boolean {
	const { code, name } = (fault ?? {}) as { code?: unknown; name?: unknown };
	return FULL.has(String(code)) || FULL.has(String(name));
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'QuotaExceeded', 'XMinioStorageFull', 'InsufficientStorage']);
