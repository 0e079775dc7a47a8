/** What the device's own clock says, in milliseconds since 1970; it may be wrong, and the server's differs. The browser's one "now". */
export function deviceNow(): number {
	return Date.now();
}
