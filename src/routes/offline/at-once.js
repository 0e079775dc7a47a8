// Stands at the end of the page and runs before the page is seen, so that nothing moves afterwards. The page is kept for everyone:
// the reader's language, since when there is no network, whether somebody was signed in here, and whether they keep a copy of what
// they owe are known on the device alone. Where the worker says that somebody signed out without a line, it empties what the worker
// cannot reach and speaks of that alone.
(() => {
	const root = document.documentElement;
	const offline = document.getElementById('offline');
	const out = document.getElementById('offline-out');
	const hasLeft = offline?.dataset.signedOut !== undefined;
	if (hasLeft && out) offline.replaceChildren(out);
	else out?.remove();
	out?.removeAttribute('hidden');
	if (hasLeft) {
		// The worker tells the bank before it asks this, and answers nothing where the bank cannot be told.
		const ask = () =>
			fetch('/stay').then(
				() => location.replace('/?signed-out'),
				() => undefined,
			);
		setInterval(ask, 5_000);
		addEventListener('online', ask);
	}
	const chosen = /(?:^|; )language=([\w-]+)/.exec(document.cookie)?.[1];
	if (chosen && document.querySelector(`#offline [lang="${chosen}"]`)) root.lang = chosen;
	const templates = [...document.querySelectorAll('template')].map(({ content }) => content);
	for (const part of [offline, ...templates])
		for (const other of part?.querySelectorAll(`[lang]:not([lang="${root.lang}"])`) ?? []) other.remove();
	for (const option of document.querySelectorAll('option'))
		option.textContent = option.getAttribute(`data-${root.lang}`) ?? option.textContent;
	document.title = document.querySelector('#offline h1')?.textContent ?? document.title;

	let since = Date.now();
	let isMet = false;
	let copiedAt;
	try {
		if (hasLeft) {
			localStorage.clear();
			sessionStorage.clear();
		}
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
	/** @type {NodeListOf<HTMLElement>} */
	const ends = document.querySelectorAll('[data-until]');
	// Told without an end, the other pages that are open cover themselves (session.js); the end itself stands behind.
	const [, idle, last] = /(?:^|; )session-ends=(\d+)\.(\d+)/.exec(document.cookie)?.map(Number) ?? [];
	const until = idle || last;
	if (hasLeft && until) document.cookie = `session-ends=0.${until}; path=/; samesite=lax`;
	for (const line of ends)
		line.textContent = (until && line.dataset.until?.replace('{time}', time.format(until))) || '';
	document.querySelector('#offline-copy')?.toggleAttribute('hidden', !copiedAt);
	document.querySelector('[data-offline-forms]')?.toggleAttribute('hidden', !isMet);
})();
