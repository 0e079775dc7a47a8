let isAwake = false;

/** The page has come alive: from now on what stands in its fields is its own doing. */
export function wake(): void {
	isAwake = true;
}

/** What somebody typed into the field of this id before the page came alive; undefined where nothing was. */
export function typedEarly(id: string): string | undefined {
	if (isAwake || typeof document === 'undefined') return undefined;
	const field = document.getElementById(id);
	const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
	return isField && field.value !== field.defaultValue ? field.value : undefined;
}
