// What is written and photographed without a network: kept on the device under a key that no script can read out, sent once when
// the line is back and the same person is signed in, and wiped when they sign out. The words of all this stand in /offline.
import { deviceOf, forget, keep, list, meet, open, randomId, remove } from './offline-store.js';

export { photographs } from './offline-store.js';

/** On a page of somebody who is signed in: makes the device theirs, and sends what waits. `now` is the server's clock. */
export async function visit(mark, now) {
	const database = await meet(mark, now);
	await send(database);
	database.close();
}

/** Sends the budget; photographs wait for the page of the documents, where they are looked at. */
async function send(database, over) {
	const device = await deviceOf(database);
	const kept = device ? await list(database, device) : [];
	const budget = kept.find(({ id }) => id === 'budget');
	if (kept.some(({ kind }) => kind) && (isOffline() || location.pathname !== '/documents')) await tell('photos');
	// What is typed at this very moment goes its own way first.
	if (!budget || (!isOffline() && location.pathname === '/hardship' && isTyped())) return;
	const query = new URLSearchParams({
		id: budget.sending,
		typed: budget.typed,
		mark: device.mark,
		...(over && { over }),
	});
	const body = new URLSearchParams(budget.lines);
	const answer = await fetch(`/draft/offline?${query}`, { method: 'POST', body, redirect: 'manual' }).catch(() => null);
	if (!answer) return;
	if (answer.type === 'opaqueredirect' || answer.status === 401) {
		await tell('sign-in');
		return;
	}
	if (!answer.ok) return;
	const { outcome } = await answer.json();
	if (outcome === 'another') {
		database.close();
		await forget();
	} else if (outcome === 'taken') {
		const newer = (await list(database, device)).find(({ id }) => id === 'budget');
		if (newer && newer.sending !== budget.sending) {
			// Typed on while it was on its way: that goes next.
			await send(database);
			return;
		}
		await remove(database, 'budget');
		if (location.pathname === '/hardship') location.reload();
		else {
			document.querySelector('#offline-budget')?.reset();
			await tell('sent');
		}
	} else await ask(database, outcome);
}

/** What was typed online since is never covered without asking. */
async function ask(database, outcome) {
	const line = await tell(outcome);
	line?.addEventListener('click', async ({ target }) => {
		const deed = target.closest('[data-deed]')?.dataset.deed;
		if (!deed) return;
		line.remove();
		const again = await open();
		if (deed === 'use') await send(again, 'newer');
		else await remove(again, 'budget');
		again.close();
	});
}

/** The page that stands in for any other while there is no network. */
const isOffline = () => document.getElementById('offline') !== null;

/** Whether a form of the page holds what it did not come with. */
const isTyped = () =>
	[...document.querySelectorAll('main form input, main form textarea')].some(
		({ type, value, defaultValue }) => !['hidden', 'radio', 'checkbox'].includes(type) && value !== defaultValue,
	);

/** Says something at the head of the page, in its language, by the words that stand in /offline. */
async function tell(which) {
	let from = document;
	if (!document.querySelector('template[data-tell]')) {
		const answer = await fetch('/offline').catch(() => null);
		if (!answer?.ok) return undefined;
		// The templates alone: that page's styles are its own.
		const templates = (await answer.text()).match(/<template data-tell[^]*?<\/template>/g) ?? [];
		from = new DOMParser().parseFromString(templates.join(''), 'text/html');
	}
	const template = from.querySelector(`template[data-tell="${which}"]`);
	const box = document.querySelector(`[data-offline-told="${which}"]`) ?? document.createElement('div');
	box.dataset.offlineTold = which;
	box.setAttribute('role', 'status');
	box.textContent = '';
	box.append(document.importNode(template.content, true));
	for (const part of box.querySelectorAll('[lang]')) if (part.lang !== document.documentElement.lang) part.remove();
	if (!box.isConnected) document.querySelector('main')?.prepend(box);
	return box;
}

const language = () => {
	const chosen = /(?:^|; )language=([\w-]+)/.exec(document.cookie)?.[1];
	return chosen && document.querySelector(`[lang="${chosen}"]`) ? chosen : document.documentElement.lang;
};

/** The page without a network: since when, the form, the photographs. */
async function page(place) {
	document.documentElement.lang = language();
	const roots = [
		document.getElementById('offline'),
		...[...document.querySelectorAll('template')].map(({ content }) => content),
	];
	for (const root of roots)
		for (const part of root.querySelectorAll('[lang]')) if (part.lang !== document.documentElement.lang) part.remove();
	document.title = place.querySelector('h1')?.textContent ?? document.title;
	const since = Number(localStorage.getItem('offline-since')) || Date.now();
	localStorage.setItem('offline-since', String(since));
	for (const line of place.querySelectorAll('[data-since]')) {
		const format = new Intl.DateTimeFormat(line.lang, { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23' });
		line.textContent = line.dataset.since.replace('{time}', format.format(since));
	}
	for (const option of place.querySelectorAll('option')) {
		option.textContent = option.getAttribute(`data-${document.documentElement.lang}`) ?? option.textContent;
	}
	const database = await open();
	const device = await deviceOf(database);
	addEventListener('online', () => void send(database));
	if (!device) return;
	place.querySelector('[data-offline-forms]').hidden = false;
	const say = (form, which) => {
		for (const line of form.querySelectorAll('[data-said]')) line.hidden = line.dataset.said !== which;
	};

	const budget = place.querySelector('#offline-budget');
	const kept = await list(database, device);
	const lines = kept.find(({ id }) => id === 'budget')?.lines ?? {};
	for (const [name, text] of Object.entries(lines)) budget.elements[name].value = text;
	if (Object.keys(lines).length > 0) say(budget, 'kept');
	let timer;
	const keepBudget = async () => {
		clearTimeout(timer);
		const typed = Date.now() - device.aheadMs;
		const filled = [...new FormData(budget)].filter(([, text]) => String(text).trim() !== '');
		const value = { sending: randomId(), typed: Math.round(typed), lines: Object.fromEntries(filled) };
		if (filled.length > 0) await keep(database, device, 'budget', value);
		else await remove(database, 'budget');
		say(budget, 'kept');
		if (navigator.onLine !== false) await send(database);
	};
	budget.addEventListener('input', () => {
		clearTimeout(timer);
		timer = setTimeout(() => void keepBudget(), 500);
	});
	budget.addEventListener('change', () => void keepBudget());
	budget.addEventListener('submit', (event) => {
		event.preventDefault();
		void keepBudget();
	});

	const photos = place.querySelector('#offline-photos');
	const { kind, consent, files } = photos.elements;
	const show = async () => {
		const names = (await list(database, device)).filter((one) => one.kind);
		const shown = photos.querySelector('ul');
		shown.textContent = '';
		shown.append(
			...names.map(({ name, kind: of }) => {
				const item = document.createElement('li');
				item.textContent = `${kind.querySelector(`[value="${of}"]`).textContent.trim()}: ${name}`;
				return item;
			}),
		);
	};
	files.addEventListener('change', async () => {
		const isSensitive = 'sensitive' in kind.selectedOptions[0].dataset;
		if (isSensitive && !consent.checked) say(photos, 'consent');
		else {
			for (const file of files.files) {
				const { name, type } = file;
				const value = { kind: kind.value, consent: consent.checked, name, type, at: Date.now() };
				await keep(database, device, randomId(), value, file);
			}
			say(photos, 'kept');
			await show();
		}
		files.value = '';
	});
	await show();
	if (navigator.onLine !== false) await send(database);
}

const place = document.getElementById('offline');
if (place) void page(place);
