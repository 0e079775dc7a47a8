// Where offline.js keeps what was written and photographed: this browser's own database, sealed under a key that no script reads out.
const NAME = 'offline';
const IV_BYTES = 12;

/** Waits for a request of the browser's database. */
const done = (request) =>
	new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});

export async function open() {
	const request = indexedDB.open(NAME, 1);
	request.onupgradeneeded = () => {
		request.result.createObjectStore('device');
		request.result.createObjectStore('kept', { keyPath: 'id' });
	};
	const database = await done(request);
	database.onversionchange = () => database.close();
	return database;
}

const table = (database, name, mode = 'readonly') => database.transaction(name, mode).objectStore(name);

/** Whose device it is, with its key; undefined where nobody has been signed in on it. */
export async function deviceOf(database) {
	const [mark, key, aheadMs] = await Promise.all(
		['mark', 'key', 'aheadMs'].map((name) => done(table(database, 'device').get(name))),
	);
	return mark && key ? { mark, key, aheadMs: aheadMs ?? 0 } : undefined;
}

async function seal({ key }, bytes, about) {
	const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
	const additionalData = new TextEncoder().encode(about);
	return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes) };
}

function unseal({ key }, { iv, bytes }, about) {
	const additionalData = new TextEncoder().encode(about);
	return crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes);
}

/** Keeps something in place of what was kept under its id. */
export async function keep(database, device, id, value, file) {
	const text = await seal(device, new TextEncoder().encode(JSON.stringify(value)), id);
	const bytes = file && (await seal(device, await file.arrayBuffer(), `${id}/bytes`));
	await done(table(database, 'kept', 'readwrite').put({ id, text, bytes }));
	localStorage.setItem('unsent', '1');
}

export async function list(database, device) {
	const rows = await done(table(database, 'kept').getAll());
	return Promise.all(
		rows.map(async ({ id, text, bytes }) => ({
			id,
			...JSON.parse(new TextDecoder().decode(await unseal(device, text, id))),
			blob: bytes && (async () => new Blob([await unseal(device, bytes, `${id}/bytes`)])),
		})),
	);
}

export async function remove(database, id) {
	await done(table(database, 'kept', 'readwrite').delete(id));
	if ((await done(table(database, 'kept').count())) === 0) localStorage.removeItem('unsent');
}

/** Deletes everything, where it is another person's. */
export function forget() {
	localStorage.removeItem('device');
	localStorage.removeItem('unsent');
	return done(indexedDB.deleteDatabase(NAME)).catch(() => undefined);
}

/** Makes the device this person's: what another left on it goes first. */
export async function meet(mark, now) {
	let database = await open();
	const known = await deviceOf(database);
	if (known && known.mark !== mark) {
		database.close();
		await forget();
		database = await open();
	}
	if (known?.mark !== mark) {
		const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
		const device = table(database, 'device', 'readwrite');
		device.put(mark, 'mark');
		await done(device.put(key, 'key'));
	}
	await done(table(database, 'device', 'readwrite').put(Date.now() - now, 'aheadMs'));
	localStorage.setItem('device', mark);
	return database;
}

/** A random id; `crypto.randomUUID` is younger than the phones this is for. */
export function randomId() {
	const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte, at) => {
		const shaped = at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte;
		return shaped.toString(16).padStart(2, '0');
	}).join('');
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The photographs that wait, for the page that sends them; each is removed once it has its place there. */
export async function photographs(mark) {
	const database = await open();
	const device = await deviceOf(database);
	const mine = device?.mark === mark ? (await list(database, device)).filter(({ kind }) => kind) : [];
	mine.sort((a, b) => a.at - b.at);
	return mine.map(({ id, kind, consent, name, type, blob }) => ({
		id,
		kind,
		consent,
		file: async () => new File([await blob()], name, { type }),
		remove: () => remove(database, id),
	}));
}
