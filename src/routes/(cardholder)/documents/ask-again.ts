import { invalidateAll } from '$app/navigation';

const APART_MS = 2_000;
const TIMES = 60;

/** Reads the page anew every two seconds while it is in sight, for two minutes at most; returns what ends it. */
export function askAgain(): () => void {
	let left = TIMES;
	const timer = setInterval(() => {
		if (document.hidden) return;
		left -= 1;
		if (left === 0) clearInterval(timer);
		void invalidateAll();
	}, APART_MS);
	return () => {
		clearInterval(timer);
	};
}
