// Stands at the end of the page and runs before the page is seen, so that nothing moves afterwards. The page is kept for everyone:
// the reader's language, since when there is no network, whether somebody was signed in here, and whether they keep a copy of what
// they owe are known on the device alone.
(() => {
	const root = document.documentElement;
	const chosen = /(?:^|; )language=([\w-]+)/.exec(document.cookie)?.[1];
	if (chosen && document.querySelector(`#offline [lang="${chosen}"]`)) root.lang = chosen;
	const templates = [...document.querySelectorAll('template')].map(({ content }) => content);
	for (const part of [document.getElementById('offline'), ...templates])
		for (const other of part?.querySelectorAll(`[lang]:not([lang="${root.lang}"])`) ?? []) other.remove();
	for (const option of document.querySelectorAll('option'))
		option.textContent = option.getAttribute(`data-${root.lang}`) ?? option.textContent;
	document.title = document.querySelector('#offline h1')?.textContent ?? document.title;

	let since = Date.now();
	let isMet = false;
	let copiedAt;
	try {
		copiedAt = JSON.parse(localStorage.getItem('debt-copy') ?? 'null')?.sealed?.at;
		since = Number(localStorage.getItem('offline-since')) || since;
		localStorage.setItem('offline-since', String(since));
		isMet = localStorage.getItem('device') !== null;
	} catch {
		// A browser that keeps nothing.
	}
	/** @type {NodeListOf<HTMLElement>} */
	const lines = document.querySelectorAll('[data-since]');
	const time = new Intl.DateTimeFormat(root.lang, { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23' });
	for (const line of lines) line.textContent = line.dataset.since?.replace('{time}', time.format(since)) ?? '';
	/** @type {NodeListOf<HTMLElement>} */
	const dated = document.querySelectorAll('[data-day]');
	const day = new Intl.DateTimeFormat(root.lang, { dateStyle: 'long' });
	for (const line of dated) line.textContent = line.dataset.day?.replace('{day}', day.format(copiedAt)) ?? '';
	document.querySelector('#offline-copy')?.toggleAttribute('hidden', !copiedAt);
	document.querySelector('[data-offline-forms]')?.toggleAttribute('hidden', !isMet);
})();
