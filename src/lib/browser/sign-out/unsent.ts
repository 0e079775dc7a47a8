import { isChosenHere, personHere } from './chosen.ts';

/** What signing out would delete and nobody has received. */
export interface Unsent {
	/** How many files wait on the device. */
	readonly files: number;
	/** Whether a budget waits that was written without a network. */
	readonly budget: boolean;
	/** Whether files were chosen on this page and not sent. */
	readonly chosen: boolean;
	/** Whether words on this page are kept nowhere. */
	readonly words: boolean;
}

/** A form that is kept on the server while one types (static/draft.js, the hardship page): whether it is, as it stands. */
export type KeptForm = HTMLFormElement & { isUnkept?: boolean };

/** So long what was typed last may take until it is kept. */
const PATIENCE_MS = 2_000;
const APART_MS = 100;

/** Looks on the device and on the page; what is being kept is waited for. */
export async function findUnsent(): Promise<Unsent> {
	await awaitKept();
	const isKnown = localStorage.getItem('device') === personHere();
	const offline = isKnown ? await keysOf('offline', 'kept') : [];
	const chosen = isChosenHere() ? await keysOf('capture', 'record') : [];
	return {
		files: chosen.length + offline.filter((key) => key !== 'budget').length,
		budget: offline.includes('budget'),
		chosen: fields('input[type=file]').some(({ files }) => files !== null && files.length > 0),
		words: unkeptForms().length > 0 || fields('textarea').some(isTyped),
	};
}

/** The forms that say of themselves that they are not kept. */
export function unkeptForms(): KeptForm[] {
	return [...document.forms].filter(({ isUnkept }: KeptForm) => isUnkept);
}

async function awaitKept(): Promise<void> {
	const end = performance.now() + PATIENCE_MS;
	while (unkeptForms().length > 0 && navigator.onLine && performance.now() < end)
		await new Promise((resolve) => setTimeout(resolve, APART_MS));
}

function fields(selector: string): HTMLInputElement[] {
	return [...document.querySelectorAll<HTMLInputElement>(selector)];
}

/** Whether words stand in a field that nobody keeps. */
function isTyped({ form, value, defaultValue }: HTMLInputElement): boolean {
	return (form as KeptForm | null)?.isUnkept === undefined && value.trim() !== '' && value !== defaultValue;
}

/** The keys of a table; none where there is no such database, and none is made. */
function keysOf(name: string, table: string): Promise<IDBValidKey[]> {
	return new Promise((resolve) => {
		const request = indexedDB.open(name);
		request.onupgradeneeded = () => request.transaction?.abort();
		request.onerror = () => resolve([]);
		request.onsuccess = () => {
			const database = request.result;
			if (!database.objectStoreNames.contains(table)) {
				database.close();
				resolve([]);
				return;
			}
			const keys = database.transaction(table).objectStore(table).getAllKeys();
			keys.onerror = () => resolve([]);
			keys.onsuccess = () => {
				database.close();
				resolve(keys.result);
			};
		};
	});
}
