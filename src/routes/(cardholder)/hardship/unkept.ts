const KEY = 'hardship';

/** Notes figures that the connection kept from the server, for when this tab comes back to the page; signing out forgets them. */
export function noteUnkept(figures: Readonly<Record<string, string>>): void {
	try {
		sessionStorage.setItem(KEY, JSON.stringify(figures));
	} catch {
		// A browser that keeps nothing.
	}
}

/** What was noted, once. */
export function takeUnkept(): Record<string, string> {
	try {
		const noted = sessionStorage.getItem(KEY);
		sessionStorage.removeItem(KEY);
		return JSON.parse(noted ?? '{}') as Record<string, string>;
	} catch {
		return {};
	}
}
