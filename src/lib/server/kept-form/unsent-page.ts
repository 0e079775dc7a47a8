import { type Field, fieldsToKeep, writtenWords } from '#lib/domain/access/kept-form.ts';
import { plain, plainPage } from '#lib/server/plain-page.ts';

/** The words of the page, in its reader's language. */
export interface UnsentWords {
	readonly language: string;
	readonly bank: string;
	readonly title: string;
	readonly text: string;
	/** Instead of `text` where a part cannot be kept here, such as a code or a file; without it the rest is sent alone. */
	readonly inPart?: string;
	readonly written: string;
	readonly send: string;
	readonly back: string;
	readonly reference: string;
}

/** A form that could not be dealt with; `action` is our own path, and files are not in it. */
export interface UnsentForm {
	readonly action: string;
	readonly back: string;
	readonly fields: readonly Field[];
	readonly hasFiles: boolean;
	readonly reference: string;
}

/**
 * The page that answers such a form: it holds all that was filled in but secrets, and sends the same again by one press. Where a part
 * is missing, the browser sends it all by reading the page anew, and the page says so.
 */
export function unsentPage(
	{ action, back, fields, hasFiles, reference }: UnsentForm,
	{ language, bank, title, text, inPart, written, send, back: backWords, reference: referenceWords }: UnsentWords,
): Response {
	const kept = fieldsToKeep(fields);
	const said = hasFiles || kept.length < fields.length ? (inPart ?? text) : text;
	const hidden = kept.map(([name, value]) => `<input type="hidden" name="${plain(name)}" value="${plain(value)}" />`);
	const own = writtenWords(kept).map((words) => `<p class="words">${plain(words)}</p>`);
	const form = `<form method="post" action="${plain(action)}">\n${hidden.join('\n')}\n<button>${plain(send)}</button>\n</form>`;
	const main = `<p role="status">${plain(said)}</p>
${own.length > 0 ? `<p>${plain(written)}</p>\n${own.join('\n')}` : ''}
${said === inPart ? '' : form}
<p><a href="${plain(back)}">${plain(backWords)}</a></p>
<p>${plain(referenceWords)} ${plain(reference)}</p>`;
	return plainPage({ status: 503, language, bank, title, main });
}
