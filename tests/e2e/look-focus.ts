import { expect, type Page } from '@playwright/test';

const FOCUSABLE =
	'a[href], button:not(:disabled), input:not([type=hidden]):not(:disabled), select, textarea, summary, [tabindex="0"]';

/**
 * Puts the focus on everything that can have it, one after the other: what shows no ring, and what lies behind a bar that sticks.
 * The page must have been touched by nothing but the keyboard.
 */
export function focusFaults(page: Page): Promise<string[]> {
	return page.evaluate((focusable) => {
		const faults: string[] = [];
		const hasRing = (element: Element | null, up: number): boolean => {
			if (!element || up < 0) return false;
			const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
			const isSeen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && !/, 0\)$/.test(outlineColor);
			return isSeen || hasRing(element.parentElement, up - 1);
		};
		const bars = [...document.body.querySelectorAll('*')].filter(
			(element) =>
				/sticky|fixed/.test(getComputedStyle(element).position) &&
				!/^T[HD]$/.test(element.tagName) &&
				element.checkVisibility(),
		);
		for (const element of document.querySelectorAll<HTMLElement>(focusable)) {
			if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('dialog:not([open])')) continue;
			element.focus();
			if (document.activeElement !== element) continue;
			const name = `${element.tagName.toLowerCase()}[${element.getAttribute('name') ?? element.getAttribute('href') ?? element.id}]`;
			if (!hasRing(element, 2)) faults.push(`${name} shows no focus`);
			const box = element.getBoundingClientRect();
			for (const bar of bars) {
				if (bar.contains(element) || element.closest('.skip')) continue;
				const over = bar.getBoundingClientRect();
				const behind = Math.min(box.bottom, over.bottom) - Math.max(box.top, over.top);
				const isBeside = box.right <= over.left || box.left >= over.right;
				// Of a field of several lines the one that is written on is shown.
				const most = element.tagName === 'TEXTAREA' ? box.height / 2 : 2;
				if (behind > most && !isBeside && box.height < innerHeight / 2) {
					faults.push(`${name} lies ${String(Math.round(behind))} px behind ${bar.className}`);
				}
			}
			if (box.bottom < 1 || box.top > innerHeight - 1) faults.push(`${name} is out of sight`);
		}
		(document.activeElement as HTMLElement | null)?.blur();
		return faults;
	}, FOCUSABLE);
}

interface Stop {
	readonly name: string;
	readonly at: number;
	readonly box: { left: number; top: number; right: number; bottom: number } | null;
}

/**
 * Goes through the whole page by Tab alone: everything that can be used is come to, in the order in which it stands, and what is come
 * to next never lies wholly above and to the left of what was before.
 */
export async function tabFaults(page: Page): Promise<string[]> {
	const most = await page.evaluate((focusable) => {
		const log: Stop[] = [];
		const all = [...document.querySelectorAll('*')];
		Object.assign(window, { stops: log });
		document.addEventListener('focusin', ({ target }) => {
			if (!(target instanceof HTMLElement)) return;
			const { left, top, right, bottom } = target.getBoundingClientRect();
			const isMoved = target.closest('.bar, .skip') !== null;
			// As though nothing had been scrolled, the page or what stands side by side in it.
			let aside = 0;
			for (let up: Element | null = target; up; up = up.parentElement) aside += up.scrollLeft;
			const place = { left: left + aside, right: right + aside, top: top + scrollY, bottom: bottom + scrollY };
			const box = isMoved ? null : place;
			const name = `${target.tagName.toLowerCase()}[${target.getAttribute('name') ?? target.getAttribute('href') ?? target.id}]`;
			log.push({ name, at: all.indexOf(target), box });
		});
		return document.querySelectorAll(focusable).length + 20;
	}, FOCUSABLE);
	await page.evaluate(() => {
		scrollTo(0, 0);
	});
	for (let pressed = 0; pressed < most; pressed++) await page.keyboard.press('Tab');
	return page.evaluate((focusable) => {
		const faults: string[] = [];
		const { stops } = window as unknown as { stops: Stop[] };
		const all = [...document.querySelectorAll('*')];
		// From the last the focus leaves the page and may come back to the first: one round.
		const again = stops.findIndex(({ at }, place) => place > 0 && at === stops[0]?.at);
		const round = again === -1 ? stops : stops.slice(0, again);
		for (const [place, stop] of round.entries()) {
			const before = round[place - 1];
			if (!before) continue;
			if (stop.at < before.at) faults.push(`${stop.name} comes after ${before.name}, and stands before it`);
			else if (stop.box && before.box && stop.box.bottom <= before.box.top && stop.box.left < before.box.right)
				faults.push(`${stop.name} is come to after ${before.name}, and is seen above it`);
		}
		const reached = new Set(round.map(({ at }) => at));
		for (const element of document.querySelectorAll<HTMLElement>(focusable)) {
			const isRadio = element instanceof HTMLInputElement && element.type === 'radio';
			const isUsable = element.checkVisibility({ visibilityProperty: true }) && element.tabIndex >= 0;
			if (!isUsable || isRadio || element.closest('dialog:not([open])')) continue;
			if (!reached.has(all.indexOf(element))) faults.push(`${element.outerHTML.slice(0, 80)} is never come to`);
		}
		return faults;
	}, FOCUSABLE);
}

/** After a form that was sent with something wrong: the summary has the focus, and each of its links leads to a field that says what is wrong. */
export async function expectErrorsTold(page: Page): Promise<void> {
	const summary = page.locator('[role=alert][tabindex="-1"]');
	await expect(summary).toBeFocused();
	const links = summary.getByRole('link');
	expect(await links.count()).toBeGreaterThan(0);
	for (const link of await links.all()) {
		const id = (await link.getAttribute('href'))?.slice(1) ?? '';
		await link.press('Enter');
		const field = page.locator(`[id="${id}"]`);
		await expect(field, `the link to ${id}`).toBeFocused();
		const told = page.locator('[aria-invalid=true]').and(field.or(page.locator(`[role=radiogroup]:has([id="${id}"])`)));
		await expect(told, `${id} says that it is wrong`).toHaveCount(1);
		await expect(told).toHaveAccessibleDescription(new RegExp(escape(await page.locator(`#${id}-error`).innerText())));
		const [error, height] = [await page.locator(`#${id}-error`).boundingBox(), page.viewportSize()?.height ?? 0];
		expect(error && error.y >= 0 && error.y + error.height <= height, `the words about ${id} are seen`).toBe(true);
	}
}

const escape = (text: string) => text.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
