import { randomBytes } from 'node:crypto';
import { type Field, fieldsToKeep, writtenWords } from '#lib/domain/access/kept-form.ts';

/** The words of the page, in its reader's language. */
export interface UnsentWords {
	readonly language: string;
	readonly title: string;
	readonly text: string;
	readonly written: string;
	readonly send: string;
	readonly back: string;
	readonly reference: string;
}

/**
 * The page that answers a form which could not be dealt with, made without the database: it holds all that was filled in but
 * secrets, and sends the same again by one press. `action` is our own path; files are not in it.
 */
export function unsentPage(
	{ action, back, fields, reference }: { action: string; back: string; fields: readonly Field[]; reference: string },
	words: UnsentWords,
): Response {
	const kept = fieldsToKeep(fields);
	const hidden = kept.map(([name, value]) => `<input type="hidden" name="${plain(name)}" value="${plain(value)}" />`);
	const written = writtenWords(kept).map((text) => `<p class="words">${plain(text)}</p>`);
	const nonce = randomBytes(16).toString('base64');
	const body = `<!doctype html>
<html lang="${plain(words.language)}">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="referrer" content="same-origin" />
<meta name="color-scheme" content="light dark" />
<title>${plain(words.title)}</title>
<style nonce="${nonce}">
body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; background: #faf8f5; color: #1c2127;
	font: 1.0625rem/1.6 system-ui, -apple-system, 'PingFang SC', 'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif; }
h1 { margin: 0 0 0.5rem; font-size: 1.53rem; line-height: 1.35; font-weight: 650; }
a { display: inline-block; padding: 0.5rem 0; color: #004f52; text-underline-offset: 0.2em; }
button { min-height: 2.75rem; padding: 0 1.25rem; border: 1px solid transparent; border-radius: 12px; background: #004f52;
	color: #fff; font: inherit; font-weight: 600; }
:focus-visible { outline: 3px solid #004f52; outline-offset: 2px; }
.words { white-space: pre-line; overflow-wrap: anywhere; padding-inline-start: 1rem; border-inline-start: 3px solid #dcd8d1; }
@media (prefers-color-scheme: dark) {
	body { background: #15140f; color: #f0ede8; }
	a { color: #83d6d2; }
	button { background: #83d6d2; color: #15140f; }
	:focus-visible { outline-color: #83d6d2; }
	.words { border-color: #3a3833; }
}
</style>
</head>
<body>
<main>
<h1>${plain(words.title)}</h1>
<p role="status">${plain(words.text)}</p>
${written.length > 0 ? `<p>${plain(words.written)}</p>\n${written.join('\n')}` : ''}
<form method="post" action="${plain(action)}">
${hidden.join('\n')}
<button>${plain(words.send)}</button>
</form>
<p><a href="${plain(back)}">${plain(words.back)}</a></p>
<p>${plain(words.reference)} ${plain(reference)}</p>
</main>
</body>
</html>
`;
	return new Response(body, {
		status: 503,
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
		},
	});
}

/** A text as markup shows it; a line's end at the beginning of a value is kept too. */
function plain(text: string): string {
	const names: Readonly<Record<string, string>> = {
		'&': '&amp;',
		'<': '&lt;',
		'>': '&gt;',
		'"': '&quot;',
		"'": '&#39;',
	};
	return text.replaceAll(/[&<>"']/g, (one) => names[one] ?? one).replaceAll(/\r\n?|\n/g, '&#10;');
}
