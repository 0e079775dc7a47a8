/** A field of a CSV file (RFC 4180), quoted where it must be. */
export function csvField(text: string): string {
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
