/** Whether a path can be decoded: "/%" and "/%ff" cannot, and name nothing. */
export function isReadablePath(path: string): boolean {
	try {
		// What comes of it is looked at: a bundler takes a decoding that nobody reads for idle, and leaves it out.
		return decodeURI(path) !== '';
	} catch {
		return false;
	}
}
