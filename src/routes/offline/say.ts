/** Says one of the lines that stand in a form, and no other. */
export function say(form: HTMLFormElement, which: 'kept' | 'consent'): void {
	for (const line of form.querySelectorAll<HTMLElement>('[data-said]')) line.hidden = line.dataset.said !== which;
}
