/** Whether a path can be decoded: "/%" and "/%ff" cannot, and name nothing. */
export function isReadablePath(path: string): boolean {
	try {
		decodeURI(path);
		return true;
	} catch {
		return false;
	}
}
