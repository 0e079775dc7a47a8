/** What a scanner says of a file. */
export type Verdict =
	| { readonly verdict: 'clean' }
	/** `signature` is the scanner's name for what it found. */
	| { readonly verdict: 'infected'; readonly signature: string };

/** Tells whether a file carries something that is known to do harm. */
export interface Scanner {
	/**
	 * Looks at the whole file at a path. Rejects with `ScannerUnavailable` where there is no verdict: the file is then neither
	 * clean nor infected. A file that cannot be read rejects with its own fault.
	 */
	scan(path: string): Promise<Verdict>;
}

/**
 * Why there is no verdict: nobody there, nobody answering in time, a line that broke, a file larger than the scanner takes, or
 * an answer that says none of what we know. Only `size_limit` stays the same however often it is tried; a scanner that hangs
 * up on too large a file may cut off its own answer, so that now and then it first looks like `hung_up`.
 */
export type ScannerFailure = 'unreachable' | 'timeout' | 'hung_up' | 'size_limit' | 'unknown_answer';

/** There is no verdict; `reason` says why in a short code. */
export class ScannerUnavailable extends Error {
	override readonly name = 'ScannerUnavailable';
	readonly reason: ScannerFailure;

	constructor(reason: ScannerFailure, options: { cause?: unknown } = {}) {
		super(`the scanner gave no verdict: ${reason}`, options);
		this.reason = reason;
	}
}
