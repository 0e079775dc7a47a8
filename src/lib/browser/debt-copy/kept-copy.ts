import type { Copy } from './sealed.ts';

/** In localStorage, which can be wiped at once while a page is being left; static/session.js and offline/at-once.js know the name. */
const NAME = 'debt-copy';

/** The copy on this device; undefined where none is turned on. */
export function readCopy(): Copy | undefined {
	try {
		return (JSON.parse(localStorage.getItem(NAME) ?? 'null') as Copy | null) ?? undefined;
	} catch {
		return undefined;
	}
}

export function saveCopy(copy: Copy): void {
	localStorage.setItem(NAME, JSON.stringify(copy));
}

/** Deletes the copy with its keys: it is off. */
export function wipeCopy(): void {
	localStorage.removeItem(NAME);
}
