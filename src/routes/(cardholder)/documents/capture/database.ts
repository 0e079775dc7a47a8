const NAME = 'capture';

/** A record as it lies on the device: all that it says is sealed. `place` counts up, in the order things were chosen. */
export interface StoredRecord {
	readonly id: string;
	/** Which bytes belong to it; others under its id are left over from a browser that was killed. */
	readonly bytesId: string;
	readonly sealed: ArrayBuffer;
}

/** One piece of the bytes, sealed. */
export interface StoredSlice {
	readonly id: string;
	readonly bytesId: string;
	readonly index: number;
	readonly sealed: ArrayBuffer;
}

/** The two tables within a transaction. */
export interface Tables {
	readonly records: IDBObjectStore;
	readonly slices: IDBObjectStore;
}

/** The two tables. Rejects where the browser has none for us: in private windows of some, or where the disk is full. */
export function openDatabase(): Promise<IDBDatabase> {
	const request = indexedDB.open(NAME, 1);
	request.onupgradeneeded = () => {
		request.result.createObjectStore('record', { keyPath: 'id' });
		request.result.createObjectStore('slice', { keyPath: ['id', 'bytesId', 'index'] });
	};
	return done(request).then((database) => {
		// Signing out in another tab is not to wait for this one.
		database.onversionchange = () => {
			database.close();
		};
		return database;
	});
}

/** Runs `use` on both tables in one transaction and settles when that has been written. */
export async function inTransaction<T>(
	database: IDBDatabase,
	mode: IDBTransactionMode,
	use: (tables: Tables) => IDBRequest<T> | undefined,
): Promise<T | undefined> {
	const transaction = database.transaction(['record', 'slice'], mode);
	const request = use({ records: transaction.objectStore('record'), slices: transaction.objectStore('slice') });
	await new Promise<void>((resolve, reject) => {
		transaction.oncomplete = () => {
			resolve();
		};
		transaction.onerror = transaction.onabort = () => {
			reject(transaction.error ?? new Error('a transaction was given up'));
		};
	});
	return request?.result;
}

/** The keys of every slice of a record, or of one of its bytes. */
export function slicesOf(id: string, bytesId?: string): IDBKeyRange {
	// An empty list sorts after every text and number.
	return bytesId === undefined
		? IDBKeyRange.bound([id], [id, []])
		: IDBKeyRange.bound([id, bytesId], [id, bytesId, []]);
}

/** Deletes everything that was kept on the device. */
export async function forgetAll(): Promise<void> {
	await done(indexedDB.deleteDatabase(NAME));
}

function done<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => {
			resolve(request.result);
		};
		request.onerror = () => {
			reject(request.error ?? new Error('the browser’s database does not answer'));
		};
	});
}
