import type { CDPSession, Page } from '@playwright/test';

/** A screen on which a page is looked at: its size, and of which size its text is. */
export interface Screen {
	readonly name: string;
	readonly width: number;
	readonly height: number;
	readonly percent: number;
}

/** The narrowest, the largest text, and a phone on its side. */
export const SCREENS: readonly Screen[] = [
	{ name: '320 px', width: 320, height: 568, percent: 100 },
	{ name: '320 px with text of 200 %', width: 320, height: 640, percent: 200 },
	{ name: 'landscape', width: 780, height: 360, percent: 100 },
];

const devtools = new WeakMap<Page, Promise<CDPSession>>();

/** Shows the page on another screen, with letters of the size that its owner has set in the browser. */
export async function showOn(page: Page, { width, height, percent }: Screen): Promise<void> {
	await page.setViewportSize({ width, height });
	const opened = devtools.get(page) ?? page.context().newCDPSession(page);
	devtools.set(page, opened);
	await (await opened).send('Page.setFontSizes', { fontSizes: { standard: (16 * percent) / 100 } });
}

/** By how much the page is wider than its screen, what of its text is cut off, and which bar takes more than a third of the height. */
export function reflowFaults(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const faults: string[] = [];
		const { clientWidth, scrollWidth } = document.documentElement;
		if (scrollWidth > clientWidth) {
			const wide = [...document.body.querySelectorAll('*')].filter(
				(element) =>
					element.checkVisibility() &&
					element.getBoundingClientRect().right > innerWidth + 1 &&
					!element.closest('.skip'),
			);
			faults.push(
				`the page is ${String(scrollWidth - clientWidth)} px wider than its screen: ${wide
					.map((one) => `${one.tagName}.${one.className}`)
					.slice(-3)
					.join(' ')}`,
			);
		}
		const tell = (element: Element) =>
			`${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${(element.textContent ?? '').trim().slice(0, 24)}"`;
		const scrolls = (element: Element | null): boolean =>
			element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
		for (const element of document.body.querySelectorAll('*')) {
			if (!element.checkVisibility() || element.closest('svg, .unseen, .skip, script')) continue;
			const { position, overflowX, overflowY } = getComputedStyle(element);
			const box = element.getBoundingClientRect();
			if (
				(position === 'sticky' || position === 'fixed') &&
				!/^(T[HD]|DIALOG)$/.test(element.tagName) &&
				box.height > innerHeight / 3
			) {
				faults.push(`${tell(element)} sticks and takes ${String(Math.round(box.height))} of ${String(innerHeight)} px`);
			}
			const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
			if (hasText && box.width > 0 && (box.right > innerWidth + 1 || box.left < -1) && !scrolls(element)) {
				faults.push(`${tell(element)} stands beyond the edge`);
			}
			const clips = (value: string, whole: number, seen: number) => /hidden|clip/.test(value) && whole > seen + 2;
			const isField = /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);
			const [x, y] = [
				clips(overflowX, element.scrollWidth, element.clientWidth),
				clips(overflowY, element.scrollHeight, element.clientHeight),
			];
			if (!isField && box.width > 2 && (x || y) && element.textContent?.trim()) faults.push(`${tell(element)} is cut`);
		}
		return faults;
	});
}

/** Makes every text of the page half as long again, as another language may be; figures and what one types stay. */
export async function lengthen(page: Page): Promise<void> {
	await page.evaluate(() => {
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
			node.parentElement?.closest('script, style, textarea, svg') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
		);
		const words: Text[] = [];
		while (walker.nextNode()) words.push(walker.currentNode as Text);
		for (const node of words) {
			const letters = node.data.replaceAll(/[^\p{Letter} ]/gu, '').trim();
			node.data += letters.slice(0, Math.ceil(letters.length / 2));
		}
	});
}
