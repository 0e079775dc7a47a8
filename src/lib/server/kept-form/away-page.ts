import { plain, plainPage } from '#lib/server/plain-page.ts';

/** The words of the page, in its reader's language. */
export interface AwayWords {
	readonly language: string;
	readonly bank: string;
	readonly title: string;
	readonly text: string;
	readonly again: string;
}

/** The page that stands in for one that cannot be read while the database is away; `path` is our own, to ask for it again. */
export function awayPage(path: string, { language, bank, title, text, again }: AwayWords): Response {
	const main = `<p>${plain(text)}</p>\n<p><a href="${plain(path)}">${plain(again)}</a></p>`;
	return plainPage({ status: 503, language, bank, title, main });
}
