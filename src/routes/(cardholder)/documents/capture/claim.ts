/** What this tab is at. */
const mine = new Set<string>();

/**
 * Makes a chosen file this tab's own, until the page is left: false where it is at it already, or another tab is. Where the
 * browser cannot tell, tabs may both send it; the server takes it once.
 */
export function claim(id: string): Promise<boolean> {
	if (mine.has(id)) return Promise.resolve(false);
	mine.add(id);
	const held = new Promise<void>(() => undefined);
	if (!('locks' in navigator)) return Promise.resolve(true);
	return new Promise((resolve) => {
		void navigator.locks.request(`capture/${id}`, { ifAvailable: true }, (lock) => {
			if (!lock) mine.delete(id);
			resolve(lock !== null);
			return lock ? held : undefined;
		});
	});
}
