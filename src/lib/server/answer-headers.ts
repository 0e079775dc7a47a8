/** The one style of `src/error.html`, which stands in for a page where none could be drawn. */
const ERROR_STYLE = 'sha256-Sr2FtJbU3lpxQChgUNjFjZ9AVQ3IcUKJv5FRQN7qb1c=';

/** What is no page runs nothing, loads nothing and is framed by nobody; a page brings a policy of its own. */
const NO_PAGE = `default-src 'none'; style-src '${ERROR_STYLE}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

/** The service worker asks for our own pages and files, and for nothing else. */
const SERVICE_WORKER = `${NO_PAGE}; connect-src 'self'; script-src 'self'`;

const EVERY: Readonly<Record<string, string>> = {
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	// A page's own `meta` gives ourselves the origin back, without which browsers post our forms with `Origin: null`.
	'referrer-policy': 'no-referrer',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy':
		'camera=(self), microphone=(), geolocation=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)',
};

/**
 * What every answer carries, whether it is a page, a file, a script or a refusal; the one list there is. The content security
 * policy is that of what is no page.
 */
export function answerHeaders({ origin, path }: { origin: string; path: string }): Record<string, string> {
	return {
		...EVERY,
		'content-security-policy': path === '/service-worker.js' ? SERVICE_WORKER : NO_PAGE,
		...(origin.startsWith('https:') && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
	};
}
