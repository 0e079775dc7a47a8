import { deviceNow } from '#lib/browser/device-clock.ts';
import { done, forget, open, table } from './database.ts';
import { type Device, makeKey } from './sealed.ts';

/** Whose device it is, with its key; undefined where nobody has been signed in on it. */
export async function deviceOf(database: IDBDatabase): Promise<Device | undefined> {
	const read = (name: keyof Device) => done<unknown>(table(database, 'device').get(name));
	const [mark, key, aheadMs] = await Promise.all([read('mark'), read('key'), read('aheadMs')]);
	if (typeof mark !== 'string' || !(key instanceof CryptoKey)) return undefined;
	return { mark, key, aheadMs: typeof aheadMs === 'number' ? aheadMs : 0 };
}

/** Makes the device this person's: what another left on it goes first. `now` is the server's clock, in milliseconds since 1970. */
export async function meet(mark: string, now: number): Promise<IDBDatabase> {
	let database = await open();
	const known = await deviceOf(database);
	if (known && known.mark !== mark) {
		database.close();
		await forget();
		database = await open();
	}
	if (known?.mark !== mark) {
		const key = await makeKey();
		const device = table(database, 'device', 'readwrite');
		device.put(mark, 'mark');
		await done(device.put(key, 'key'));
	}
	await done(table(database, 'device', 'readwrite').put(deviceNow() - now, 'aheadMs'));
	localStorage.setItem('device', mark);
	return database;
}
