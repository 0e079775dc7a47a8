import { claim } from './claim.ts';
import { type Keep, type KeptFile, openKeep, type Source } from './keep.ts';

/** The device's keep where it has one, else memory alone: nothing here rejects but a source whose bytes are gone. */
export interface Larder {
	list(): Promise<KeptFile[]>;
	/** Keeps a file; what it is sent from. */
	put(file: KeptFile, bytes: Blob): Promise<Source>;
	change(file: KeptFile): Promise<void>;
	read(file: KeptFile): Source;
	remove(id: string): Promise<void>;
}

/** `key` is 32 bytes in base64url, of the one person whose files these are. */
export function openLarder(key: string): Larder {
	let opening: Promise<Keep | undefined> | undefined;
	const keep = () => (opening ??= openKeep(key, claim).catch(() => undefined));
	return {
		list: async () => ((await isThere()) ? ((await (await keep())?.list().catch(() => undefined)) ?? []) : []),
		async put(file, bytes) {
			await claim(file.id);
			try {
				const kept = await keep();
				if (!kept) return inMemory(bytes);
				await kept.put(file, bytes);
				return kept.read(file);
			} catch {
				// No room left, or signed out in another tab.
				return inMemory(bytes);
			}
		},
		change: async (file) => (await keep())?.change(file).catch(() => undefined),
		read: (file) => ({
			size: file.size,
			read: async (start, end) => {
				const kept = await keep();
				if (!kept) throw new Error('what was kept can no longer be read');
				return kept.read(file).read(start, end);
			},
		}),
		remove: async (id) => (await keep())?.remove(id).catch(() => undefined),
	};
}

/** Whether anything was ever kept here; who only looks at the page makes no database. */
async function isThere(): Promise<boolean> {
	if (typeof indexedDB === 'undefined') return false;
	// Older browsers cannot say.
	if (!('databases' in indexedDB)) return true;
	const databases = await indexedDB.databases().catch(() => undefined);
	return databases?.some(({ name }) => name === 'capture') ?? true;
}

function inMemory(bytes: Blob): Source {
	return {
		size: bytes.size,
		read: async (start, end) => new Uint8Array(await bytes.slice(start, end).arrayBuffer()),
	};
}
