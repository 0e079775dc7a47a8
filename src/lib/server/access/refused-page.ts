import { plain, plainPage } from '#lib/server/plain-page.ts';

/** The words of the page, in its reader's language, and where it leads. */
export interface RefusedWords {
	readonly language: string;
	readonly bank: string;
	readonly title: string;
	readonly text: string;
	readonly back: string;
	readonly home: string;
}

/** The page that says why something is refused, such as to somebody of the staff whose role does not open it; `home` is our own path. */
export function refusedPage({ text, back, home, ...page }: RefusedWords, status: 403 | 413 = 403): Response {
	const main = `<p>${plain(text)}</p>\n<p><a href="${plain(home)}">${plain(back)}</a></p>`;
	return plainPage({ ...page, status, main });
}

/** Whether an answer is read by a person in a browser, and not by a script of a page. */
export function isForReading({ headers }: Request, isDataRequest: boolean): boolean {
	const accepted = headers.get('accept') ?? '';
	return !isDataRequest && !headers.has('x-sveltekit-action') && accepted.includes('text/html');
}
