/** In localStorage, so that static/session.js knows at once, when one signs out, whether files wait on the device. */
const NAME = 'chosen';

/** Notes how many chosen files the device keeps, and for whom. */
export function noteChosen(count: number): void {
	try {
		if (count > 0) localStorage.setItem(NAME, personHere() ?? '');
		else localStorage.removeItem(NAME);
	} catch {
		// A browser that keeps nothing.
	}
}

/** Whether what is noted is of the person whose page this is: what another left on the device is none of theirs. */
export function isChosenHere(): boolean {
	return localStorage.getItem(NAME) === personHere();
}

/** By what the device knows the person of this page again. */
export function personHere(): string | undefined {
	return document.getElementById('session-ending')?.dataset.device;
}
