import type { Page } from '@playwright/test';

/** What of a page is not as somebody who hears it needs it: its title, its one heading, its landmarks, the order of headings, charts in words. */
export function structureFaults(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const faults: string[] = [];
		const seen = (selector: string) =>
			[...document.querySelectorAll<HTMLElement>(selector)].filter((element) => element.checkVisibility());
		const [heading, ...more] = seen('h1');
		if (!heading || more.length > 0) faults.push(`${String(more.length + (heading ? 1 : 0))} first headings`);
		const title = heading?.innerText.trim() ?? '';
		if (!document.title.includes(title) || title === '')
			faults.push(`the title "${document.title}" does not say "${title}"`);
		for (const landmark of ['main', 'header']) {
			const found = seen(landmark).filter((element) => !element.closest('article, section, aside, nav'));
			const outer = landmark === 'header' ? found.filter((element) => !element.closest('main')) : found;
			if (outer.length !== 1) faults.push(`${String(outer.length)} of the landmark ${landmark}`);
		}
		let level = 0;
		for (const one of seen('h1, h2, h3, h4, h5, h6')) {
			const next = Number(one.tagName[1]);
			if (next > level + 1 && level > 0)
				faults.push(`"${one.innerText.slice(0, 24)}" is a heading ${String(next)} after ${String(level)}`);
			level = next;
		}
		for (const chart of seen('svg[role=img]')) {
			const named = (chart.getAttribute('aria-labelledby') ?? '')
				.split(' ')
				.map((id) => document.getElementById(id)?.textContent ?? '');
			const words = [...named, chart.getAttribute('aria-label') ?? ''].join(' ').trim();
			if (words.length < 12) faults.push(`a chart says only "${words}"`);
		}
		for (const element of document.querySelectorAll('[aria-describedby], [aria-labelledby], [aria-controls]')) {
			for (const kind of ['aria-describedby', 'aria-labelledby', 'aria-controls']) {
				for (const id of (element.getAttribute(kind) ?? '').split(' ').filter(Boolean)) {
					if (!document.getElementById(id)) faults.push(`${kind} names ${id}, which is not there`);
				}
			}
		}
		for (const step of seen('nav [aria-current=step]')) {
			if (!/\d\D+\d/.test(step.textContent ?? ''))
				faults.push(`the step "${step.innerText}" does not say which of how many`);
		}
		return faults;
	});
}

/** What is smaller than a finger needs: 24 px for whatever stands outside a sentence, 44 px high for buttons, fields and choices. */
export function targetFaults(page: Page, main: number): Promise<string[]> {
	return page.evaluate((tall) => {
		const faults: string[] = [];
		const targets = 'a[href], button, summary, select, textarea, input:not([type=hidden])';
		const inSentence = (element: Element): boolean => {
			const { parentElement: around } = element;
			if (!around || getComputedStyle(element).display !== 'inline') return false;
			const own = element.textContent?.trim().length ?? 0;
			return (around.textContent?.trim().length ?? 0) > own + 1 || inSentence(around);
		};
		for (const element of document.querySelectorAll<HTMLElement>(targets)) {
			if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('.skip, dialog:not([open])'))
				continue;
			// What stands there for a password manager alone is nobody's to press.
			if (element.ariaHidden === 'true' && element.tabIndex < 0) continue;
			const label =
				element instanceof HTMLInputElement && /radio|checkbox/.test(element.type) ? element.closest('label') : null;
			const { width, height } = (label ?? element.closest('.box') ?? element).getBoundingClientRect();
			if (width === 0 || inSentence(element)) continue;
			const least = element.matches('a:not(.button)') ? 24 : tall;
			if (width < 24 || height < least) {
				const size = `${String(Math.round(width))} × ${String(Math.round(height))}`;
				faults.push(`${element.outerHTML.slice(0, 90)} is ${size}`);
			}
		}
		return faults;
	}, main);
}
