import { deviceNow } from '#lib/browser/device-clock.ts';
import { BUDGET, keep, type KeptBudget, remove } from '#lib/browser/offline/kept.ts';
import type { Device } from '#lib/browser/offline/sealed.ts';
import { sendKept } from '#lib/browser/offline/send-kept.ts';
import { randomId } from '#lib/browser/random-id.ts';
import { say } from './say.ts';

const PAUSE_MS = 500;

/** Shows the budget that was kept, and keeps it as it is typed. */
export function keepBudget(
	form: HTMLFormElement,
	database: IDBDatabase,
	device: Device,
	kept: KeptBudget | undefined,
): void {
	// What was typed before this script came stays, and is kept.
	const isTyped = [...new FormData(form).values()].some((text) => text !== '');
	for (const [name, text] of Object.entries(kept?.lines ?? {})) {
		const field = form.elements.namedItem(name);
		if (field instanceof HTMLInputElement && field.value === '') field.value = text;
	}
	if (kept) say(form, 'kept');
	let timer: ReturnType<typeof setTimeout> | undefined;

	async function keepNow(): Promise<void> {
		clearTimeout(timer);
		const typed = Math.round(deviceNow() - device.aheadMs);
		const lines: Record<string, string> = {};
		for (const [name, text] of new FormData(form))
			if (typeof text === 'string' && text.trim() !== '') lines[name] = text;
		if (Object.keys(lines).length > 0) await keep(database, device, BUDGET, { sending: randomId(), typed, lines });
		else await remove(database, BUDGET);
		say(form, 'kept');
		if (navigator.onLine) await sendKept(database);
	}

	form.addEventListener('input', () => {
		clearTimeout(timer);
		timer = setTimeout(() => void keepNow(), PAUSE_MS);
	});
	form.addEventListener('change', () => void keepNow());
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		void keepNow();
	});
	if (isTyped) void keepNow();
}
