import type { Cookies } from '@sveltejs/kit';

/** A browser's jar as Kit's `Cookies`, for a test that calls what sets and reads them. */
export function cookieJar(): Cookies & { readonly values: Map<string, string> } {
	const values = new Map<string, string>();
	return {
		values,
		get: (name: string) => values.get(name),
		getAll: () => [...values].map(([name, value]) => ({ name, value })),
		set: (name: string, value: string) => void values.set(name, value),
		delete: (name: string) => void values.delete(name),
		serialize: () => '',
	};
}
