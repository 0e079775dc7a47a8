/**
 * The desk's keys: each presses the button, follows the link or goes to the field that shows it (`data-key`). None of
 * them decides anything: a decision is confirmed with the pointer, or with Tab and Enter. While one types they rest.
 */
export function deskKeys(event: KeyboardEvent): void {
	if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
	if (
		event.target instanceof Element &&
		event.target.closest('input:not([type=radio], [type=checkbox]), textarea, select')
	)
		return;
	const key = event.key.length === 1 ? event.key.toUpperCase() : '';
	if (!/^[A-Z0-9]$/.test(key)) return;
	const found = document.querySelector<HTMLElement>(`[data-key="${key}"]`);
	if (!found) return;
	event.preventDefault();
	const control = found instanceof HTMLLabelElement ? found.control : found;
	control?.focus();
	found.click();
}
