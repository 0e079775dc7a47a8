import type { Page } from '@playwright/test';

/** Tells the page's script another end, as if time had passed, and has it look. */
export async function setEnd(page: Page, name: string, endsInMs: number, lastsMs: number): Promise<void> {
	await page.evaluate(
		([cookie, ends, lasts]) => {
			document.cookie = `${String(cookie)}=${String(Date.now() + Number(ends))}.${String(Date.now() + Number(lasts))}; path=/`;
			document.dispatchEvent(new Event('visibilitychange'));
		},
		[name, endsInMs, lastsMs] as const,
	);
}
