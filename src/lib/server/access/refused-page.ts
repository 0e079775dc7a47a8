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

/** The page that tells somebody of the staff that their role does not open an address; `home` is our own path. */
export function refusedPage({ language, bank, title, text, back, home }: RefusedWords): Response {
	const main = `<p>${plain(text)}</p>\n<p><a href="${plain(home)}">${plain(back)}</a></p>`;
	return plainPage({ status: 403, language, bank, title, main });
}

/** Whether an answer is read by a person in a browser, and not by a script of a page. */
export function isForReading({ headers }: Request, isDataRequest: boolean): boolean {
	const accepted = headers.get('accept') ?? '';
	return !isDataRequest && !headers.has('x-sveltekit-action') && accepted.includes('text/html');
}
