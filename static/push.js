// Lets a button turn on notices on this device. It is shown by this script alone, and only where the browser can have them and has
// not been told to refuse; the browser asks when the button is tapped, and never before.
(() => {
	const canHave = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
	if (!canHave || !isSecureContext || Notification.permission === 'denied') return;
	document.documentElement.dataset.pushReady = '';

	document.addEventListener('click', ({ target }) => {
		const place = target.closest('[data-push] button')?.closest('[data-push]');
		if (place) void turnOn(place);
	});

	/** Asks the browser, and sends what it gives with the form. */
	async function turnOn(place) {
		if ('busy' in place.dataset) return;
		place.dataset.busy = '';
		const say = (words = '') => (place.querySelector('[role=status]').textContent = words);
		say();
		try {
			if ((await Notification.requestPermission()) !== 'granted') return say(place.dataset.denied);
			const { pushManager } = await navigator.serviceWorker.ready;
			place.querySelector('[name=subscription]').value = JSON.stringify(
				await subscribe(pushManager, place.dataset.push),
			);
			if (place.requestSubmit) place.requestSubmit();
			else place.submit();
		} catch {
			say(place.dataset.failed);
		} finally {
			delete place.dataset.busy;
		}
	}

	/** One that was made under another key of ours makes room. */
	async function subscribe(pushManager, key) {
		const options = { userVisibleOnly: true, applicationServerKey: toBytes(key) };
		try {
			return await pushManager.subscribe(options);
		} catch (fault) {
			const old = fault.name === 'InvalidStateError' && (await pushManager.getSubscription());
			if (!old) throw fault;
			await old.unsubscribe();
			return pushManager.subscribe(options);
		}
	}

	function toBytes(text) {
		const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
		return Uint8Array.from(plain, (character) => character.charCodeAt(0));
	}
})();
