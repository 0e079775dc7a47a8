// Turns the copy of what one owes on and off, on this device alone (DebtCopy.svelte). Offered only where the browser can have a passkey
// give a secret; whether the passkey itself can is known once it was asked.
import { ask, make, newSalt, read, save, visit, wipe } from './debt-copy.js';

async function canHave() {
	if (!isSecureContext || !crypto.subtle || !window.PublicKeyCredential) return false;
	// Browsers that do not say are asked when it comes to it.
	const capabilities = await PublicKeyCredential.getClientCapabilities?.().catch(() => undefined);
	return capabilities?.['extension:prf'] !== false;
}

async function start(place) {
	const mark = document.getElementById('session-ending')?.dataset.device;
	const button = place.querySelector('button');
	const label = button.querySelector('span');
	const say = (words = '') => (place.querySelector('[role=status]').textContent = words);
	// What another person left here, or what a removed passkey opened, goes first.
	await visit(mark);
	if (!mark || (!read() && !(await canHave()))) return;
	const show = () => (label.textContent = read() ? place.dataset.turnOff : place.dataset.turnOn);
	show();
	if (read()) say(place.dataset.isOn);
	document.documentElement.dataset.debtCopyReady = '';

	button.addEventListener('click', async () => {
		if ('busy' in place.dataset) return;
		place.dataset.busy = '';
		say();
		try {
			if (read()) {
				wipe();
				say(place.dataset.isOff);
			} else say(place.dataset[await turnOn()]);
		} catch (fault) {
			const isRefused = ['NotAllowedError', 'AbortError'].includes(fault.name);
			say(isRefused ? place.dataset.cancelled : place.dataset.failed);
		} finally {
			delete place.dataset.busy;
			show();
		}
	});

	async function turnOn() {
		const salt = newSalt();
		const credentials = document.querySelector('[data-credentials]').dataset.credentials.split(' ');
		const { credential, secret } = await ask(credentials, salt);
		if (!secret) return 'cannot';
		save(await make(secret, { mark, credential, salt }));
		return 'isOn';
	}
}

const place = document.querySelector('[data-debt-copy]');
if (place) void start(place);
