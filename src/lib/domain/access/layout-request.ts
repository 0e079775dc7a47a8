/** With what Kit says which parts of a page it asks for anew: a digit for each layout and then for the page, 1 where it does. */
const ASKED_FOR = 'x-sveltekit-invalidated';

/**
 * Whether an address asks for what stands around a page and not for the page itself. Nobody goes anywhere by it: a page renews its
 * surroundings so when it hears that they have changed, with nobody there perhaps.
 */
export function asksForLayoutsAlone(address: string): boolean {
	const parts = new URL(address).searchParams.get(ASKED_FOR);
	return parts !== null && /^[01]*0$/.test(parts);
}
