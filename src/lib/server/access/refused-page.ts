/** The words of the page, in its reader's language, and where it leads. */
export interface RefusedWords {
	readonly language: string;
	readonly title: string;
	readonly text: string;
	readonly back: string;
	readonly home: string;
}

/**
 * The page that tells somebody of the staff that their role does not open an address: `frame` is the portal's page for faults,
 * whose looks it keeps, with other words. The words are our own, and hold nothing that anybody typed.
 */
export function refusedPage(frame: string, { language, title, text, back, home }: RefusedWords): Response {
	const main = `<main>
			<section>
				<h1>${title}</h1>
				<p>${text}</p>
				<a href="${home}">${back}</a>
			</section>
		</main>`;
	const body = frame
		.replace(/<html lang="[^"]*">/, () => `<html lang="${language}">`)
		.replace(/<title>[\s\S]*<\/title>/, () => `<title>${title}</title>`)
		.replace(/<main>[\s\S]*<\/main>/, () => main);
	return new Response(body, { status: 403, headers: { 'content-type': 'text/html; charset=utf-8' } });
}

/** Whether an answer is read by a person in a browser, and not by a script of a page. */
export function isForReading({ headers }: Request, isDataRequest: boolean): boolean {
	const accepted = headers.get('accept') ?? '';
	return !isDataRequest && !headers.has('x-sveltekit-action') && accepted.includes('text/html');
}
