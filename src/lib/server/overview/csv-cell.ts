/** What makes a spreadsheet take a cell for a formula, in full width too, and what it steps over on the way to one. */
const STARTS_FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** A text as a cell that no spreadsheet runs: an apostrophe goes before what would begin a formula. */
export function harmlessCell(text: string): string {
	return STARTS_FORMULA.test(text) ? `'${text}` : text;
}
