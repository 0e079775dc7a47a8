/**
 * What a person typed into a field of digits, made plain: full-width figures and letters of a Chinese keyboard become
 * ordinary ones, and blanks and dashes that only group them are dropped.
 */
export function plainDigits(text: string): string {
	return text.normalize('NFKC').replace(/[\s\-‐-―−]/g, '');
}
