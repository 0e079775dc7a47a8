/*
 * Keeps what is written and photographed without a network, on the device of somebody who was signed in on it, and sends it once
 * the line is back. Without this script the page says only that there is no network.
 */
import { open } from '#lib/browser/offline/database.ts';
import { deviceOf } from '#lib/browser/offline/device.ts';
import { listKept } from '#lib/browser/offline/kept.ts';
import { sendKept } from '#lib/browser/offline/send-kept.ts';
import { keepBudget } from './keep-budget.ts';
import { keepPhotos } from './keep-photos.ts';
import { showCopy } from './show-copy.ts';

async function start(forms: HTMLElement): Promise<void> {
	const database = await open();
	const device = await deviceOf(database);
	addEventListener('online', () => void sendKept(database));
	forms.hidden = !device;
	if (!device) return;
	const kept = await listKept(database, device);
	const [budget, photos] = forms.querySelectorAll('form');
	if (budget) keepBudget(budget, database, device, kept.budget);
	if (photos) keepPhotos(photos, database, device, kept.photos);
	if (navigator.onLine) await sendKept(database);
}

const copy = document.getElementById('offline-copy');
if (copy) showCopy(copy);
const forms = document.querySelector<HTMLElement>('[data-offline-forms]');
if (forms) void start(forms);
