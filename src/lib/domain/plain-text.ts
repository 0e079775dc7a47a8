/**
 * Text as a database can hold it and a page can show it: one kind of line end, no control characters, no half of a
 * character, nothing around it.
 */
export function plainText(text: string): string {
	return text
		.toWellFormed()
		.replace(/\r\n?/g, '\n')
		.replace(/[^\P{Cc}\n\t]/gu, '')
		.trim();
}
