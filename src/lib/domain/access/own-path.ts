/**
 * The path where it is one of our own pages, else "/". Refuses other hosts in every spelling that a browser takes for
 * one: "//host", "/\host", a scheme, control characters.
 */
export function ownPath(path: string): string {
	const inside = /^\/(?![/\\])[\x21-\x7e\u00a0-\uffff]*$/.test(path) && !path.includes('\\');
	return inside || path === '/' ? path : '/';
}
