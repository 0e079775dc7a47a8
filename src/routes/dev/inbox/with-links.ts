/** A piece of a message: words, or an address of ours by its path. */
export interface TextPart {
	readonly text: string;
	readonly path?: string;
}

/** A message's text with our own addresses apart, so that they can be tapped; others stay words. */
export function withLinks(text: string, origin: string): TextPart[] {
	return text
		.split(/(https?:\/\/[\w.:/~?#&=%-]+)/)
		.filter((piece) => piece !== '')
		.map((piece) =>
			piece.startsWith(`${origin}/`) ? { text: piece, path: piece.slice(origin.length) } : { text: piece },
		);
}
