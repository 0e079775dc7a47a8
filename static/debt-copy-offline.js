// The copy of what one owes, on the page without a network (OfflineCopy.svelte): shown for the passkey alone, and gone from the screen
// as soon as the page is left.
import { ask, read, unseal, wipe } from './debt-copy.js';

function start(place, { at }) {
	for (const line of place.querySelectorAll('[data-day]')) {
		const day = new Intl.DateTimeFormat(line.lang, { dateStyle: 'long' }).format(at);
		line.textContent = line.dataset.day.replace('{day}', day);
	}
	const shown = place.querySelector('[data-shown]');
	const see = place.querySelector('[data-see]');
	const say = (which) => {
		for (const line of place.querySelectorAll('[data-said]')) line.hidden = line.dataset.said !== which;
	};
	const hide = () => {
		shown.hidden = true;
		see.hidden = false;
		shown.querySelector('[data-lines]').replaceChildren();
	};

	see.querySelector('button').addEventListener('click', async () => {
		if ('busy' in place.dataset) return;
		place.dataset.busy = '';
		say();
		try {
			const copy = read();
			if (!copy) return gone();
			const { secret } = await ask([copy.credential], copy.salt);
			show(await unseal(copy, secret));
		} catch (fault) {
			say(['NotAllowedError', 'AbortError'].includes(fault.name) ? 'refused' : 'failed');
		} finally {
			delete place.dataset.busy;
		}
	});
	place.querySelector('[data-delete] button').addEventListener('click', () => {
		wipe();
		gone();
	});
	addEventListener('pagehide', hide);
	document.addEventListener('visibilitychange', () => {
		if (document.visibilityState === 'hidden') hide();
	});
	place.hidden = false;

	function show({ lang, lines }) {
		const list = shown.querySelector('[data-lines]');
		list.lang = lang;
		list.replaceChildren(
			...lines.map(({ kind, text }) =>
				Object.assign(document.createElement('p'), { className: kind, textContent: text }),
			),
		);
		see.hidden = true;
		shown.hidden = false;
		shown.focus();
	}

	function gone() {
		hide();
		see.hidden = true;
		place.querySelector('[data-delete]').hidden = true;
		say('deleted');
		place.querySelector('[data-said=deleted]').focus();
	}
}

const place = document.getElementById('offline-copy');
const copy = read();
if (place && copy?.sealed) start(place, copy.sealed);
