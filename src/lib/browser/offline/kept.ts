import { done, table } from './database.ts';
import { type Device, encode, seal, type Sealed, unseal } from './sealed.ts';

/** A budget as it was typed: `typed` is when, by the server's clock; a new `sending` with each change. */
export interface KeptBudget {
	readonly sending: string;
	readonly typed: number;
	readonly lines: Readonly<Record<string, string>>;
}

/** A photograph; its bytes are kept beside it. `at` is when, by the device's clock. */
export interface KeptPhoto {
	readonly kind: string;
	readonly consent: boolean;
	readonly name: string;
	readonly type: string;
	readonly at: number;
}

/** All that waits on a device. */
export interface Kept {
	readonly budget: KeptBudget | undefined;
	/** In the order in which they were taken. */
	readonly photos: readonly (KeptPhoto & { readonly id: string; bytes(): Promise<ArrayBuffer> })[];
}

/** As the database holds it. */
interface Row {
	readonly id: string;
	readonly text: Sealed;
	readonly bytes?: Sealed;
}

export const BUDGET = 'budget';

/** Keeps something in place of what was kept under its id. */
export async function keep(
	database: IDBDatabase,
	device: Device,
	id: string,
	value: KeptBudget | KeptPhoto,
	file?: File,
): Promise<void> {
	const text = await seal(device, encode(JSON.stringify(value)), id);
	const bytes = file && (await seal(device, await file.arrayBuffer(), aboutBytes(id)));
	await done(table(database, 'kept', 'readwrite').put({ id, text, bytes }));
	localStorage.setItem('unsent', '1');
}

/** What waits, opened; the bytes of a photograph when they are asked for. */
export async function listKept(database: IDBDatabase, device: Device): Promise<Kept> {
	const rows = await done<Row[]>(table(database, 'kept').getAll());
	const read = async ({ id, text }: Row) =>
		JSON.parse(new TextDecoder().decode(await unseal(device, text, id))) as unknown;
	const budget = rows.find(({ id }) => id === BUDGET);
	const photos = rows.map(async (row) => {
		const { id, bytes } = row;
		if (!bytes) return [];
		return [{ ...((await read(row)) as KeptPhoto), id, bytes: () => unseal(device, bytes, aboutBytes(id)) }];
	});
	return {
		budget: budget && ((await read(budget)) as KeptBudget),
		photos: (await Promise.all(photos)).flat().sort((a, b) => a.at - b.at),
	};
}

export async function remove(database: IDBDatabase, id: string): Promise<void> {
	await done(table(database, 'kept', 'readwrite').delete(id));
	if ((await done(table(database, 'kept').count())) === 0) localStorage.removeItem('unsent');
}

function aboutBytes(id: string): string {
	return `${id}/bytes`;
}
