import { open } from './database.ts';
import { deviceOf } from './device.ts';
import { listKept, remove } from './kept.ts';

/** What was photographed without a network. */
export interface Photograph {
	readonly id: string;
	readonly kind: string;
	readonly consent: boolean;
	file(): Promise<File>;
	remove(): Promise<void>;
}

/** The photographs of a person that wait, for the page that sends them; each is removed once it has its place there. */
export async function photographs(mark: string): Promise<Photograph[]> {
	const database = await open();
	const device = await deviceOf(database);
	if (device?.mark !== mark) return [];
	const { photos } = await listKept(database, device);
	return photos.map(({ id, kind, consent, name, type, bytes }) => ({
		id,
		kind,
		consent,
		file: async () => new File([await bytes()], name, { type }),
		remove: () => remove(database, id),
	}));
}
