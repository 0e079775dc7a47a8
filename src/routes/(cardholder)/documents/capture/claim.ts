/** What this tab is at, with how to let go of it. */
const mine = new Map<string, () => void>();

/**
 * Makes a chosen file this tab's own, until it lets go or is gone: false where it is at it already, or another tab is. Where the
 * browser cannot tell, tabs may both send it; the server takes it once.
 */
export function claim(id: string): Promise<boolean> {
	if (mine.has(id)) return Promise.resolve(false);
	const held = new Promise<void>((letGo) => mine.set(id, letGo));
	if (!('locks' in navigator)) return Promise.resolve(true);
	return new Promise((resolve) => {
		void navigator.locks.request(`capture/${id}`, { ifAvailable: true }, (lock) => {
			if (!lock) mine.delete(id);
			resolve(lock !== null);
			return lock ? held : undefined;
		});
	});
}

/** Lets go of everything, so that the page may come back to it. */
export function letGo(): void {
	for (const release of mine.values()) release();
	mine.clear();
}
