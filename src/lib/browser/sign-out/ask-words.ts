const PAGE = '/offline';

/** The question in the page's language: it stands in the page for when there is no network. Undefined where it cannot be had. */
export async function readWords(): Promise<DocumentFragment | undefined> {
	const found = (await readKept()) ?? (await readFetched());
	const template = new DOMParser().parseFromString(found ?? '', 'text/html').querySelector('template');
	if (!template) return undefined;
	const words = document.importNode(template.content, true);
	for (const other of words.querySelectorAll(`[lang]:not([lang="${document.documentElement.lang}"])`)) other.remove();
	return words;
}

async function readKept(): Promise<string | undefined> {
	if (!('caches' in window)) return undefined;
	const page = await caches.match(PAGE).catch(() => undefined);
	return page && templateIn(await page.text());
}

async function readFetched(): Promise<string | undefined> {
	const answer = await fetch(PAGE).catch(() => undefined);
	return answer?.ok ? templateIn(await answer.text()) : undefined;
}

function templateIn(page: string): string | undefined {
	return /<template data-ask[^]*?<\/template>/.exec(page)?.[0];
}
