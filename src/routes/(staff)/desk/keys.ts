/**
 * The desk's keys: each presses the button, follows the link or goes to the field that shows it (`data-key`). None of
 * them decides anything: a decision is confirmed with the pointer, or with Tab and Enter. While one types they rest.
 */
export function deskKeys(event: KeyboardEvent): void {
	if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat)
		return;
	const target = event.target instanceof Element ? event.target : undefined;
	if (target?.closest('input:not([type=radio], [type=checkbox]), textarea, select')) return;
	// What lies open over the page has keys of its own, and has answered them already.
	if (document.querySelector('dialog[open]')) return;
	const key = keyOf(event.key, target);
	const found = key && document.querySelector<HTMLElement>(`[data-key="${key}"]`);
	if (!found) return;
	event.preventDefault();
	const control = found instanceof HTMLLabelElement ? found.control : found;
	control?.focus();
	found.click();
}

/** Keys that need a shift on some keyboards, and those that others have instead. */
const SAME: Readonly<Record<string, string>> = { '=': '+', _: '-', '−': '-' };

/** The arrows turn pages where the focus is in the viewer, unless they move a page that is wider than its frame. */
const ARROWS: Readonly<Record<string, string>> = { ArrowLeft: 'B', ArrowRight: 'F' };

function keyOf(pressed: string, target: Element | undefined): string | undefined {
	const arrow = ARROWS[pressed];
	if (arrow) {
		const isWider = target !== undefined && target.scrollWidth > target.clientWidth;
		return target?.closest('[data-pages]') && !isWider ? arrow : undefined;
	}
	const key = SAME[pressed] ?? pressed.toUpperCase();
	return /^[A-Z0-9+?-]$/.test(key) ? key : undefined;
}
