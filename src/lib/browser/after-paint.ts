/** Does something once the browser has shown what a touch or a key changed: whoever touched waits for the picture, not for the rest. */
export function afterPaint(deed: () => void): void {
	requestAnimationFrame(() => setTimeout(deed));
}
