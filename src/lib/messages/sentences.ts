/** Sentences of one language after one another, those that are not said left out; Chinese puts no space between them. */
export function sentences(...parts: readonly (string | false | undefined)[]): string {
	let said = '';
	for (const part of parts) {
		if (part) said += said === '' || said.endsWith('。') ? part : ` ${part}`;
	}
	return said;
}
