// Lets buttons use a passkey. They are not shown without this script, nor where the browser has none or the site's address
// is one in figures, for which browsers keep none.
(() => {
	const isNamed = !/^[\d.]+$|^\[/.test(location.hostname);
	if (!window.PublicKeyCredential || !isSecureContext || !isNamed) return;
	document.documentElement.dataset.passkeys = '';

	// A copy of what one owes that may not stay goes though nobody signs in (lib/browser/debt-copy).
	try {
		const { debtCopy } = document.querySelector('form[data-debt-copy]')?.dataset ?? {};
		if (debtCopy && localStorage.getItem('debt-copy')) void import(debtCopy);
	} catch {
		// A browser that keeps nothing.
	}

	document.addEventListener('click', ({ target }) => {
		const place = target.closest('[data-passkey] button')?.closest('[data-passkey]');
		if (place) void use(place);
	});

	/** Asks the server for a challenge, the device for its answer, and sends that with the form. */
	async function use(place) {
		if ('busy' in place.dataset) return;
		place.dataset.busy = '';
		const say = (words = '') => (place.querySelector('[role=status]').textContent = words);
		say();
		try {
			const given = await fetch(place.dataset.options, { method: 'POST', headers: { accept: 'application/json' } });
			if (!given.ok) throw new Error(given.statusText);
			const publicKey = toOptions(await given.json());
			const isNew = place.dataset.passkey === 'create';
			const credential = await navigator.credentials[isNew ? 'create' : 'get']({ publicKey });
			place.querySelector('[name=passkey]').value = JSON.stringify(toAnswer(credential));
			const form = place.closest('form');
			if (form.requestSubmit) form.requestSubmit();
			else form.submit();
		} catch (fault) {
			const { cancelled, known, failed } = place.dataset;
			say({ NotAllowedError: cancelled, AbortError: cancelled, InvalidStateError: known }[fault.name] ?? failed);
		} finally {
			delete place.dataset.busy;
		}
	}

	/** The server's options with bytes where a device wants bytes. */
	function toOptions(options) {
		const withBytes = (credential) => ({ ...credential, id: toBytes(credential.id) });
		return {
			...options,
			challenge: toBytes(options.challenge),
			...(options.user && { user: withBytes(options.user) }),
			...(options.excludeCredentials && { excludeCredentials: options.excludeCredentials.map(withBytes) }),
			...(options.allowCredentials && { allowCredentials: options.allowCredentials.map(withBytes) }),
		};
	}

	/** The device's answer as text. */
	function toAnswer({ id, rawId, type, response }) {
		const transports = response.getTransports?.();
		const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];
		const texts = parts.filter((part) => response[part]).map((part) => [part, toText(response[part])]);
		return {
			id,
			rawId: toText(rawId),
			type,
			response: { ...Object.fromEntries(texts), ...(transports && { transports }) },
		};
	}

	function toBytes(text) {
		const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
		return Uint8Array.from(plain, (character) => character.charCodeAt(0));
	}

	function toText(buffer) {
		const plain = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('');
		return btoa(plain).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
	}
})();
