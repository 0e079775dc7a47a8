import { deviceNow } from '#lib/browser/device-clock.ts';
import { keep, type KeptPhoto } from '#lib/browser/offline/kept.ts';
import type { Device } from '#lib/browser/offline/sealed.ts';
import { randomId } from '#lib/browser/random-id.ts';
import { say } from './say.ts';

/** Lists the photographs that wait, and keeps what is taken. */
export function keepPhotos(
	form: HTMLFormElement,
	database: IDBDatabase,
	device: Device,
	kept: readonly KeptPhoto[],
): void {
	const kinds = form.querySelector('select');
	const consent = form.querySelector<HTMLInputElement>('[name=consent]');
	const files = form.querySelector<HTMLInputElement>('[name=files]');
	const list = form.querySelector('ul');
	if (!kinds || !consent || !files || !list) return;

	const show = ({ kind, name }: KeptPhoto) => {
		const option = [...kinds.options].find(({ value }) => value === kind);
		const item = document.createElement('li');
		item.textContent = `${option?.textContent.trim() ?? ''}: ${name}`;
		list.append(item);
	};
	kept.forEach(show);
	files.addEventListener('change', () => void take());

	async function take(): Promise<void> {
		if (!kinds || !consent || !files) return;
		const isSensitive = 'sensitive' in (kinds.selectedOptions[0]?.dataset ?? {});
		if (isSensitive && !consent.checked) say(form, 'consent');
		else {
			for (const file of files.files ?? []) {
				const { name, type } = file;
				const photo = { kind: kinds.value, consent: consent.checked, name, type, at: deviceNow() };
				await keep(database, device, randomId(), photo, file);
				show(photo);
			}
			say(form, 'kept');
		}
		files.value = '';
	}

	// What was chosen before this script came.
	if ((files.files?.length ?? 0) > 0) void take();
}
