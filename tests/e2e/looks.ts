import { expect, type Page } from '@playwright/test';
import { violations } from './axe.ts';
import { forcedColourFaults, motionFaults } from './look-colours.ts';
import { expectErrorsTold, focusFaults, tabFaults } from './look-focus.ts';
import { lengthen, reflowFaults, SCREENS, showOn } from './look-reflow.ts';
import { structureFaults, targetFaults } from './look-structure.ts';

/** A page in a state, which is how one comes there; a form with errors has to tell them. */
export interface State {
	readonly name: string;
	readonly arrive: () => Promise<void>;
	readonly hasErrors?: boolean;
}

/** A page by its address, looked at from all sides; or a state of one, at what may differ. */
export type Place = string | State;

/** Who looks: a cardholder with a phone, or staff at a desk. */
export type Looker = 'phone' | 'desk';

const SIZE = { phone: { width: 360, height: 780 }, desk: { width: 1280, height: 800 } };

/** Each place in each language; contrast does not hang on the words, so each theme with some of them. */
export async function walk(page: Page, places: readonly Place[], looker: Looker = 'phone'): Promise<void> {
	for (const [locale, colorScheme] of [
		['zh-CN', 'light'],
		['en', 'dark'],
		['zh-TW', 'light'],
	] as const) {
		await page.context().addCookies([{ name: 'language', value: locale, url: new URL(page.url()).origin }]);
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce', forcedColors: 'none' });
		for (const place of places) {
			await page.setViewportSize(SIZE[looker]);
			if (typeof place === 'string') await page.goto(place);
			else await place.arrive();
			await expect(page.locator('html')).toHaveAttribute('lang', locale);
			if (typeof place === 'string') await look(page, `${place} ${locale}`, { locale, looker, isWhole: true });
			else {
				if (place.hasErrors && locale === 'zh-CN') await expectErrorsTold(page);
				await look(page, `${place.name} ${locale}`, { locale, looker, isWhole: false });
			}
		}
	}
	await page.setViewportSize(SIZE[looker]);
	await page.emulateMedia({ forcedColors: 'none' });
	// The trip's words are Chinese.
	await page.context().clearCookies({ name: 'language' });
}

/** All that can be seen of the page as it is; what does not hang on the words in one language alone, the longest. */
async function look(
	page: Page,
	name: string,
	{ locale, looker, isWhole }: { locale: string; looker: Looker; isWhole: boolean },
): Promise<void> {
	const expectNone = (faults: readonly string[], what = '') => {
		expect.soft(faults, `${name} ${what}`).toEqual([]);
	};
	expectNone(await violations(page), 'by axe');
	expectNone(await structureFaults(page), 'as it is heard');
	if (locale === 'zh-CN') {
		expectNone(await targetFaults(page, looker === 'phone' ? 44 : 24), 'by finger');
		if (isWhole) expectNone(await tabFaults(page), 'by Tab');
	}
	if (locale !== 'en') return;
	await page.keyboard.press('Tab');
	expectNone(await motionFaults(page), 'with less motion');
	// The desk's tables scroll in a box of their own, and say shortly what stands in full on the case.
	const onPhone = (faults: readonly string[]) =>
		faults.filter((fault) => looker === 'phone' || !/ is cut| sticks /.test(fault));
	for (const screen of looker === 'phone' ? SCREENS : SCREENS.slice(0, 1)) {
		await showOn(page, screen);
		expectNone(await reflowFaults(page), `at ${screen.name}`);
		if (looker === 'phone' && isWhole) expectNone(await focusFaults(page), `focused at ${screen.name}`);
	}
	await showOn(page, { name: '', percent: 100, ...SIZE[looker] });
	if (!isWhole) return;
	await page.emulateMedia({ forcedColors: 'active' });
	expectNone(await forcedColourFaults(page), 'in forced colours');
	expectNone(await focusFaults(page), 'focused in forced colours');
	await page.emulateMedia({ forcedColors: 'none' });
	await lengthen(page);
	expectNone(onPhone(await reflowFaults(page)), 'with texts half as long again');
}
