/**
 * Why a whole file is refused. Thrown, since it must end the stream and the transaction in the middle of which it is
 * found; the import catches it and reports it as a refusal.
 */
export class FileFault extends Error {
	override readonly name = 'FileFault';
	/** The line on which it was seen; 1 is the header. */
	readonly line: number;

	constructor(reason: string, line: number) {
		super(reason);
		this.line = line;
	}
}
