import { forget, open } from './database.ts';
import { deviceOf, meet } from './device.ts';
import { BUDGET, listKept, remove } from './kept.ts';
import { tellOffline } from './tell-offline.ts';

/** On a page of somebody who is signed in: makes the device theirs, and sends what waits. `now` is the server's clock. */
export async function visit(mark: string, now: number): Promise<void> {
	const database = await meet(mark, now);
	await sendKept(database);
	database.close();
}

/** Sends the budget; photographs wait for the page of the documents, where they are looked at. */
export async function sendKept(database: IDBDatabase, over?: 'newer'): Promise<void> {
	const device = await deviceOf(database);
	if (!device) return;
	const { budget, photos } = await listKept(database, device);
	if (photos.length > 0 && (isOffline() || location.pathname !== '/documents')) await tellOffline('photos');
	// What is typed at this very moment goes its own way first.
	if (!budget || (!isOffline() && location.pathname === '/hardship' && isTyped())) return;
	const { sending, typed, lines } = budget;
	const query = new URLSearchParams({ id: sending, typed: String(typed), mark: device.mark, ...(over && { over }) });
	const request: RequestInit = { method: 'POST', body: new URLSearchParams(lines), redirect: 'manual' };
	const answer = await fetch(`/draft/offline?${query.toString()}`, request).catch(() => undefined);
	if (answer?.type === 'opaqueredirect' || answer?.status === 401) return void (await tellOffline('sign-in'));
	if (!answer?.ok) return;
	const { outcome } = (await answer.json()) as { outcome: 'taken' | 'another' | 'newer' | 'closed' };
	if (outcome === 'another') {
		database.close();
		await forget();
	} else if (outcome === 'taken') {
		const newer = (await listKept(database, device)).budget;
		// Typed on while it was on its way: that goes next.
		if (newer && newer.sending !== sending) return sendKept(database);
		await remove(database, BUDGET);
		if (location.pathname === '/hardship') return location.reload();
		document.querySelector<HTMLFormElement>('#offline-budget')?.reset();
		await tellOffline('sent');
	} else await ask(outcome);
}

/** What was typed online since is never covered without asking. */
async function ask(outcome: 'newer' | 'closed'): Promise<void> {
	const line = await tellOffline(outcome);
	line?.addEventListener('click', ({ target }) => {
		const deed = target instanceof Element ? target.closest<HTMLElement>('[data-deed]')?.dataset.deed : undefined;
		if (deed !== undefined) void answerWith(deed);
	});
	async function answerWith(deed: string) {
		line?.remove();
		const database = await open();
		if (deed === 'use') await sendKept(database, 'newer');
		else await remove(database, BUDGET);
		database.close();
	}
}

/** The page that stands in for any other while there is no network. */
function isOffline(): boolean {
	return document.getElementById('offline') !== null;
}

/** Whether a form of the page holds what it did not come with. */
function isTyped(): boolean {
	const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
		'main form input, main form textarea',
	);
	return [...fields].some(
		({ type, value, defaultValue }) => !['hidden', 'radio', 'checkbox'].includes(type) && value !== defaultValue,
	);
}
