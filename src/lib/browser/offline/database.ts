const NAME = 'offline';

/** Waits for a request of the browser's database. */
export function done<Result>(request: IDBRequest<Result>): Promise<Result> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('the database of the browser says nothing'));
	});
}

/** This browser's own database for what waits for a network. */
export async function open(): Promise<IDBDatabase> {
	const request = indexedDB.open(NAME, 1);
	request.onupgradeneeded = () => {
		request.result.createObjectStore('device');
		request.result.createObjectStore('kept', { keyPath: 'id' });
	};
	const database = await done(request);
	database.onversionchange = () => database.close();
	return database;
}

export function table(
	database: IDBDatabase,
	name: 'device' | 'kept',
	mode: IDBTransactionMode = 'readonly',
): IDBObjectStore {
	return database.transaction(name, mode).objectStore(name);
}

/** Deletes everything, where it is another person's. */
export async function forget(): Promise<void> {
	localStorage.removeItem('device');
	localStorage.removeItem('unsent');
	await done(indexedDB.deleteDatabase(NAME)).catch(() => undefined);
}
