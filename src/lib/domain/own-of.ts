/** What an object holds under a key itself, not by its kind. `Object.hasOwn` is younger than the browsers that read with this. */
export function ownOf<T>(of: Readonly<Record<string, T>>, key: string): T | undefined {
	return Object.prototype.hasOwnProperty.call(of, key) ? of[key] : undefined;
}
