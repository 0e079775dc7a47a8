const TAB = '\t';
const NEWLINE = '\n';

/** Reads COPY's text format field by field: whoever reads knows the columns, and which of them ends the line. */
export class CopyReader {
	readonly #text: string;
	#at = 0;

	constructor(text: string) {
		this.#text = text;
	}

	get isAtEnd(): boolean {
		return this.#at >= this.#text.length;
	}

	/** Whether the next line's first field is this one, as COPY wrote it; if so it is passed. */
	passes(field: string): boolean {
		const end = this.#at + field.length;
		if (!this.#text.startsWith(field, this.#at) || this.#text[end] !== TAB) return false;
		this.#at = end + 1;
		return true;
	}

	/** The next field of a line, as COPY wrote it. */
	field(): string {
		return this.#upTo(TAB);
	}

	/** The last field of a line, as COPY wrote it. */
	lastField(): string {
		return this.#upTo(NEWLINE);
	}

	/** The next field, or the last one, where it is a safe integer. */
	integer(): number {
		const text = this.#text;
		let at = this.#at;
		const isNegative = text.charCodeAt(at) === 45;
		if (isNegative) at++;
		let value = 0;
		for (let digit = text.charCodeAt(at) - 48; digit >= 0 && digit <= 9; digit = text.charCodeAt(++at) - 48) {
			value = value * 10 + digit;
		}
		if (!Number.isSafeInteger(value)) throw new RangeError('a bigint beyond the safe integers');
		this.#at = at + 1;
		return isNegative ? -value : value;
	}

	#upTo(end: string): string {
		const to = this.#text.indexOf(end, this.#at);
		const field = this.#text.slice(this.#at, to);
		this.#at = to + 1;
		return field;
	}
}

/** A field's text: ids hold no control characters, so a backslash is all that COPY escapes. */
export function textOf(field: string): string {
	return field.includes('\\') ? field.replaceAll('\\\\', '\\') : field;
}
