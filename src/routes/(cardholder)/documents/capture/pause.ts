const SHORTEST_MS = 500;
const LONGEST_MS = 60_000;
/** Phones say they have no connection when they have one: now and then it is tried all the same. */
const OFFLINE_MS = 15_000;

/** How long to wait after so many attempts in vain: twice as long each time, up to a minute, by chance up to half of it less. */
export function pauseAfter(attempts: number, chance: number): number {
	const whole = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.min(attempts, 16));
	return Math.round(whole * (1 - chance / 2));
}

/** Whether the browser says that it has no connection; some that messengers bring along say nothing of it. */
export function isOffline(): boolean {
	return 'onLine' in navigator && !navigator.onLine;
}

/** Waits, and no longer than until the connection is back or the page is looked at again. */
export function pause(attempts: number): Promise<void> {
	const milliseconds = isOffline() ? OFFLINE_MS : pauseAfter(attempts, Math.random());
	return new Promise((resolve) => {
		const go = () => {
			clearTimeout(timer);
			removeEventListener('online', go);
			document.removeEventListener('visibilitychange', seen);
			resolve();
		};
		const seen = () => {
			if (document.visibilityState === 'visible') go();
		};
		const timer = setTimeout(go, milliseconds);
		addEventListener('online', go);
		document.addEventListener('visibilitychange', seen);
	});
}
