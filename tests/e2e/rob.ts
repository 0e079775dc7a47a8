import type { BrowserContext, Page } from '@playwright/test';

/** What the browsers that messengers bring along do not have, or refuse to have used. */
const GONE: readonly [string, readonly string[]][] = [
	['Navigator.prototype', ['serviceWorker', 'credentials', 'mediaDevices', 'connection', 'locks', 'storage', 'onLine']],
	['Crypto.prototype', ['randomUUID', 'subtle']],
	['Element.prototype', ['replaceChildren', 'setHTMLUnsafe', 'ariaInvalid']],
	['Document.prototype', ['startViewTransition', 'replaceChildren']],
	['HTMLElement.prototype', ['inert', 'popover', 'showPopover']],
	['HTMLFormElement.prototype', ['requestSubmit']],
	['SubmitEvent.prototype', ['submitter']],
	['HTMLDialogElement.prototype', ['show', 'showModal', 'close']],
	['AbortSignal', ['timeout', 'any']],
	['AbortSignal.prototype', ['throwIfAborted', 'reason']],
	['Array', ['fromAsync']],
	['Array.prototype', ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with', 'group']],
	['String.prototype', ['at', 'replaceAll', 'isWellFormed', 'toWellFormed']],
	['Object', ['hasOwn', 'groupBy']],
	['Promise', ['any', 'withResolvers', 'try']],
	['Intl', ['Segmenter', 'DurationFormat', 'ListFormat']],
	['URLSearchParams.prototype', ['size']],
	['Blob.prototype', ['bytes']],
	['Set.prototype', ['union', 'difference', 'isSubsetOf']],
	[
		'window',
		[
			...['PublicKeyCredential', 'PushManager', 'Notification', 'BroadcastChannel', 'structuredClone', 'indexedDB'],
			...['OffscreenCanvas', 'createImageBitmap', 'WeakRef', 'FinalizationRegistry', 'AggregateError', 'scheduler'],
			...['requestIdleCallback', 'navigation', 'trustedTypes', 'caches', 'ReportingObserver', 'CompressionStream'],
		],
	],
];

/** What their style sheets do not know: whole rules by their selector, and single declarations. Without it a page is plainer, and must be readable. */
const RULES = /(?:^|(?<=[{}]))[^{}@]*(?::has\(|:where\(|:is\(|:focus-visible)[^{}]*\{[^{}]*\}/g;
const AT_RULES = /@(?:container|layer)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g;
const DECLARATIONS =
	/(?<=[{;])\s*(?:gap|row-gap|aspect-ratio|accent-color|text-wrap|container-type|inset[\w-]*|(?:margin|padding)-(?:inline|block)|border-(?:inline|block)|scroll-padding-(?:inline|block)|clip-path|[\w-]+:[^;{}]*(?:dvh|oklch\([^;{}]*|color-mix\([^;{}]*))(?::[^;{}]*)?(?:;|(?=\}))/g;

/** A style sheet as an old browser reads it. */
export function robSheet(sheet: string): string {
	return sheet.replace(AT_RULES, '').replace(RULES, '').replace(DECLARATIONS, '').replaceAll('oklch', 'no-colour');
}

/** Takes from a browser everything that is younger than what the portal is built for, and what people or messengers switch off. */
export async function rob(context: BrowserContext): Promise<void> {
	await context.addInitScript((gone) => {
		for (const [place, names] of gone) {
			const owner = place
				.split('.')
				.reduce<object | undefined>((at, name) => (at as Record<string, object> | undefined)?.[name], window as object);
			for (const name of names) if (owner) delete (owner as Record<string, unknown>)[name];
		}
		for (const name of ['localStorage', 'sessionStorage']) {
			Object.defineProperty(window, name, {
				get() {
					throw new DOMException('switched off', 'SecurityError');
				},
			});
		}
	}, GONE);
	await context.route(/\.css$/, async (route) => {
		const answer = await route.fetch();
		await route.fulfill({ response: answer, body: robSheet(await answer.text()) });
	});
	await context.route(
		({ pathname }) => !pathname.includes('.'),
		async (route) => {
			if (route.request().resourceType() !== 'document') return route.continue();
			const answer = await route.fetch({ maxRedirects: 0 });
			const { 'content-type': type = '' } = answer.headers();
			if (!type.includes('text/html')) return route.fulfill({ response: answer });
			const body = (await answer.text()).replace(
				/(<style[^>]*>)([\s\S]*?)(<\/style>)/g,
				(_, open: string, sheet: string, close: string) => open + robSheet(sheet) + close,
			);
			await route.fulfill({ response: answer, body });
		},
	);
}

/** What went wrong in the pages of a browser, as it goes. */
export function faultsOf(page: Page): readonly string[] {
	const faults: string[] = [];
	page.on('pageerror', ({ message, stack }) => faults.push(`${page.url()}: ${message} ${stack ?? ''}`));
	return faults;
}
