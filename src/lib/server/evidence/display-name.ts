/** A file's own name, for the cardholder's list alone: no folders, nothing unprintable, at most 120 characters. */
export function displayName(fileName: string): string {
	const name = fileName.split(/[\\/]/).at(-1) ?? '';
	return [...name.toWellFormed().replace(/\p{C}/gu, '').trim()].slice(-120).join('') || '?';
}
