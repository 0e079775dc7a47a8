import { randomBytes } from 'node:crypto';

/** In the colours of src/error.html; the icon is that of app.html. */
const STYLE = `
body { max-width: 34rem; margin: 0 auto; padding: 1rem; background: #faf8f5; color: #1c2127;
	font: 1.0625rem/1.7 system-ui, -apple-system, 'PingFang SC', 'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif; }
body:lang(zh-TW) { font-family: system-ui, -apple-system, 'PingFang TC', 'Noto Sans TC', 'Noto Sans CJK TC', 'Microsoft JhengHei', sans-serif; }
header { display: flex; align-items: center; gap: 0.5rem; font-weight: 650; }
svg { fill: #004f52; }
h1 { margin: 1.5rem 0 0.75rem; font-size: 1.53rem; font-weight: 650; line-height: 1.35; }
button { width: 100%; min-height: 2.875rem; padding: 0.5rem 1.25rem; border: 0; border-radius: 12px; background: #004f52; color: #fff;
	font: inherit; font-weight: 600; cursor: pointer; }
a { display: inline-block; padding: 0.5rem 0; color: #004f52; text-underline-offset: 0.2em; }
.words { white-space: pre-line; overflow-wrap: anywhere; padding-inline-start: 1rem; border-inline-start: 3px solid #dcd8d1; }
@media (prefers-color-scheme: dark) {
	body { background: #15140f; color: #f0ede8; }
	.words { border-color: #3a3833; }
	svg { fill: #83d6d2; }
	a { color: #83d6d2; }
	button { background: #83d6d2; color: #06201f; }
}
`;

/** Such a page. `main` is markup, whose texts went through `plain`; it may hold a form to ourselves. */
export interface PlainPage {
	readonly status: 403 | 503;
	readonly language: string;
	readonly bank: string;
	readonly title: string;
	readonly main: string;
}

/** A page of the portal that is made without the database and without what draws the others; after a 503 one may ask again soon. */
export function plainPage({ status, language, bank, title, main }: PlainPage): Response {
	const nonce = randomBytes(16).toString('base64');
	const body = `<!doctype html>
<html lang="${plain(language)}">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="referrer" content="same-origin" />
<meta name="color-scheme" content="light dark" />
<title>${plain(title)}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<header>
<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true"><rect width="32" height="32" rx="9" /><path d="M9 20.5c3.5 0 3.5-9 7-9s3.5 9 7 9" fill="none" stroke="#faf8f5" stroke-width="2.5" /></svg>
<span>${plain(bank)}</span>
</header>
<main>
<h1>${plain(title)}</h1>
${main}
</main>
</body>
</html>
`;
	return new Response(body, {
		status,
		headers: {
			'content-type': 'text/html; charset=utf-8',
			...(status === 503 && { 'retry-after': '30' }),
			'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
		},
	});
}

/** A text as markup shows it; a line's end at the beginning of a value is kept too. */
export function plain(text: string): string {
	const names: Readonly<Record<string, string>> = {
		'&': '&amp;',
		'<': '&lt;',
		'>': '&gt;',
		'"': '&quot;',
		"'": '&#39;',
	};
	return text.replaceAll(/[&<>"']/g, (one) => names[one] ?? one).replaceAll(/\r\n?|\n/g, '&#10;');
}
