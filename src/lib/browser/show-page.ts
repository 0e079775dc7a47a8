import { morph } from '#lib/browser/morph.ts';

/** What changes from one reading of a page to the next: its content, and the links around it that lead back to it. */
const PARTS = ['main', 'footer'];

/**
 * Reads an address of this page anew, or sends it something, and shows in place what the server answers. Where it leads to
 * another page, such as the sign-in, the browser goes there. Rejects where nothing can be read, and when it is broken off.
 *
 * @returns the address that is shown
 */
export async function showPage(address: string, init: RequestInit = {}): Promise<URL> {
	const answer = await fetch(address, { ...init, headers: { accept: 'text/html' } });
	const url = new URL(answer.url);
	if (url.pathname !== location.pathname) {
		location.assign(url);
		return url;
	}
	if (answer.status >= 500) throw new Error(`the page was answered with ${String(answer.status)}`);
	const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
	if (init.signal?.aborted) throw new DOMException('', 'AbortError');
	for (const part of PARTS) {
		const [from, to] = [document.querySelector(part), next.querySelector(part)];
		if (from && to) morph(from, to);
	}
	return url;
}
