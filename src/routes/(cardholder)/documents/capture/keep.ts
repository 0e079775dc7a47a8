import { noteChosen } from '#lib/browser/sign-out/chosen.ts';
import { randomId } from '#lib/browser/random-id.ts';
import { inTransaction, openDatabase, slicesOf, type StoredRecord, type StoredSlice, type Tables } from './database.ts';
import type { Advice } from './quality.ts';
import { type Sealer, sealerFor } from './seal.ts';

/** What is known of a chosen file until it is received. */
export interface KeptFile {
	readonly id: string;
	readonly name: string;
	readonly kind: string;
	readonly replaces?: string;
	readonly consent?: boolean;
	/** In which order things were chosen. */
	readonly place: number;
	/** `chosen` still has to be looked at; `advised` waits for the person's word; `ready` may be sent. */
	readonly stage: 'chosen' | 'advised' | 'ready';
	readonly advice: readonly Advice[];
	readonly type: string;
	readonly size: number;
	/** Where the server takes its bytes, once it has said so. */
	readonly uploadUrl?: string;
}

/** Bytes read piece by piece. */
export interface Source {
	readonly size: number;
	read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** What the device keeps of what was chosen and not received yet, sealed under one person's key. */
export interface Keep {
	/** What the last visit left, in the order chosen; what another key sealed is deleted. Leaves alone what another tab is at. */
	list(): Promise<KeptFile[]>;
	/** Keeps a file with its bytes, in place of what was kept under its id; settles when they are on the disk. */
	put(file: KeptFile, bytes: Blob): Promise<void>;
	/** Keeps what is known of a file anew, its bytes as they are. */
	change(file: KeptFile): Promise<void>;
	read(file: KeptFile): Source;
	remove(id: string): Promise<void>;
}

/** So large a piece a phone with little memory can encrypt. */
const SLICE_BYTES = 1024 * 1024;

/** The device's keep under a key of 32 bytes in base64url; rejects where this browser cannot keep or cannot encrypt. */
export async function openKeep(key: string, claim: (id: string) => Promise<boolean>): Promise<Keep> {
	const [database, sealer] = [await openDatabase(), await sealerFor(key)];

	async function putSlices(id: string, bytesId: string, bytes: Blob) {
		for (let index = 0; index * SLICE_BYTES < bytes.size; index++) {
			const piece = bytes.slice(index * SLICE_BYTES, (index + 1) * SLICE_BYTES);
			const sealed = await sealer.seal(new Uint8Array(await piece.arrayBuffer()), sliceName(id, index));
			await inTransaction(database, 'readwrite', ({ slices }) => {
				slices.put({ id, bytesId, index, sealed } satisfies StoredSlice);
				return undefined;
			});
		}
	}

	async function remove(id: string) {
		await inTransaction(database, 'readwrite', ({ records, slices }) => {
			records.delete(id);
			slices.delete(slicesOf(id));
			return undefined;
		});
		noteChosen((await inTransaction(database, 'readonly', ({ records }) => records.count())) ?? 0);
	}

	const find = (id: string) =>
		inTransaction<StoredRecord | undefined>(database, 'readonly', ({ records }) => records.get(id));

	/** Reads a record and writes in the same transaction, so that what was removed meanwhile does not come back. */
	async function replace(id: string, write: (before: StoredRecord | undefined, to: Tables) => void) {
		await inTransaction(database, 'readwrite', (to) => {
			const request = to.records.get(id) as IDBRequest<StoredRecord | undefined>;
			request.onsuccess = () => {
				write(request.result, to);
			};
			return undefined;
		});
	}

	return {
		async list() {
			const records = (await inTransaction<StoredRecord[]>(database, 'readonly', (to) => to.records.getAll())) ?? [];
			const slices = (await inTransaction(database, 'readonly', (to) => to.slices.getAllKeys())) ?? [];
			const ids = new Set([...records.map(({ id }) => id), ...slices.map((name) => (name as [string])[0])]);
			const files: KeptFile[] = [];
			for (const id of ids) {
				if (!(await claim(id))) continue;
				const stored = records.find((record) => record.id === id);
				const file = stored && (await openRecord(sealer, stored));
				if (file) files.push(file);
				else await remove(id);
			}
			return files.sort((a, b) => a.place - b.place);
		},
		async put(file, bytes) {
			const bytesId = randomId();
			await putSlices(file.id, bytesId, bytes);
			const record = { id: file.id, bytesId, sealed: await sealRecord(sealer, file) } satisfies StoredRecord;
			await replace(file.id, (before, { records, slices }) => {
				records.put(record);
				if (before) slices.delete(slicesOf(file.id, before.bytesId));
			});
			noteChosen(1);
		},
		async change(file) {
			const sealed = await sealRecord(sealer, file);
			await replace(file.id, (before, { records }) => {
				if (before) records.put({ ...before, sealed } satisfies StoredRecord);
			});
		},
		read: ({ id, size }) => sourceOf(size, (index) => readSlice(id, index)),
		remove,
	};

	async function readSlice(id: string, index: number): Promise<Uint8Array<ArrayBuffer>> {
		const record = await find(id);
		const slice = await inTransaction<StoredSlice | undefined>(database, 'readonly', ({ slices }) =>
			slices.get([id, record?.bytesId ?? '', index]),
		);
		if (!slice) throw new Error('a piece of a kept file is gone');
		return sealer.open(slice.sealed, sliceName(id, index));
	}
}

const sliceName = (id: string, index: number) => `${id}/${String(index)}`;

/** Reads across slices, and holds on to the one read last: a slice is sent in several pieces. */
function sourceOf(size: number, readSlice: (index: number) => Promise<Uint8Array<ArrayBuffer>>): Source {
	let held: { index: number; bytes: Uint8Array<ArrayBuffer> } | undefined;
	return {
		size,
		async read(start, end) {
			const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
			for (let at = start; at < start + bytes.length;) {
				const index = Math.floor(at / SLICE_BYTES);
				if (held?.index !== index) held = { index, bytes: await readSlice(index) };
				const part = held.bytes.subarray(at - index * SLICE_BYTES, start + bytes.length - index * SLICE_BYTES);
				if (part.length === 0) throw new Error('a piece of a kept file is too short');
				bytes.set(part, at - start);
				at += part.length;
			}
			return bytes;
		},
	};
}

async function sealRecord(sealer: Sealer, file: KeptFile): Promise<ArrayBuffer> {
	return sealer.seal(new TextEncoder().encode(JSON.stringify(file)), file.id);
}

/** Undefined where another key sealed it: somebody else used this device. */
async function openRecord(sealer: Sealer, { id, sealed }: StoredRecord): Promise<KeptFile | undefined> {
	try {
		return JSON.parse(new TextDecoder().decode(await sealer.open(sealed, id))) as KeptFile;
	} catch {
		return undefined;
	}
}
