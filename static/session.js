// Tells in time that one will be signed out, with one tap to stay; and when it is over, hides what the page showed and has kept
// what was typed. The words stand in the page (SessionEnd.svelte); both ends of the session stand in a cookie, so that every
// tab of a browser knows of every other's use.
(() => {
	const WARN_MS = 120_000;
	const LOOK_MS = 5_000;
	const TYPING_MS = 60_000;
	const LONGEST_TIMER_MS = 60_000;
	const RETRY_MS = 10_000;
	const ASK_MS = 4_000;

	const dialog = document.getElementById('session-ending');
	const over = document.getElementById('session-over');
	if (!dialog?.showModal || !over) return;
	const { now, cookie, stay } = dialog.dataset;
	// The device's clock may be wrong: instants of the server are told in its time, and shown in the device's.
	const aheadMs = Date.now() - Number(now);
	const typed = new Set();
	let timer;
	let usedAt = Date.now();
	let goesOn = false;
	let isOver = false;

	/** Both ends by the device's clock; undefined where the browser holds none, since another tab signed out. */
	function readEnd() {
		const value = new RegExp(`(?:^|; )${cookie}=(\\d+)\\.(\\d+)`).exec(document.cookie);
		return value ? { ends: Number(value[1]) + aheadMs, lasts: Number(value[2]) + aheadMs } : undefined;
	}

	function look() {
		clearTimeout(timer);
		if (isOver) return;
		const end = readEnd();
		const left = end ? end.ends - Date.now() : 0;
		if (left <= 0) {
			void ask();
			return;
		}
		const isSoon = left <= WARN_MS;
		if (isSoon && !goesOn) warn(end);
		else if (!isSoon) {
			goesOn = false;
			if (dialog.open) dialog.close();
		}
		timer = setTimeout(look, isSoon ? Math.min(left, LOOK_MS) : Math.min(left - WARN_MS, LONGEST_TIMER_MS));
	}

	function warn({ ends, lasts }) {
		const isLast = lasts - ends < 1_000;
		const time = new Intl.DateTimeFormat(document.documentElement.lang, {
			hour: '2-digit',
			minute: '2-digit',
			hourCycle: 'h23',
		}).format(ends);
		for (const part of dialog.querySelectorAll('[data-when]')) part.hidden = (part.dataset.when === 'last') !== isLast;
		for (const part of dialog.querySelectorAll('[data-time]'))
			part.textContent = part.dataset.time.replace('{time}', time);
		if (!dialog.open) dialog.showModal();
	}

	/** One more use of the session; what it came to stands in the cookie afterwards. */
	async function use() {
		usedAt = Date.now();
		const line = dialog.querySelector('[data-failed]');
		try {
			const answer = await fetch(stay, { method: 'POST' });
			line.hidden = true;
			if (answer.status === 401) finish();
			else look();
		} catch {
			line.hidden = false;
		}
	}

	/** The last word is the server's: it does not count the question as a use. */
	async function ask() {
		const answer = await fetch(stay, { headers: { accept: 'application/json' } }).catch(() => undefined);
		const end = readEnd();
		if (answer?.ok && end && end.ends > Date.now()) look();
		else finish();
	}

	function finish() {
		if (isOver) return;
		isOver = true;
		clearTimeout(timer);
		const unsent = [...typed].filter((form) => form.isConnected).map(bodyOf);
		if (dialog.open) dialog.close();
		over.hidden = false;
		document.title = over.dataset.title;
		document.body.textContent = '';
		document.body.append(over);
		over.querySelector('h1').focus();
		void keep(unsent);
		try {
			sessionStorage.clear();
		} catch {
			// A browser that keeps nothing.
		}
	}

	function bodyOf(form) {
		const body = new URLSearchParams();
		for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
		return { action: form.action, body };
	}

	/** Has kept what was typed and never sent; it is done with nowhere. Where there is no connection, again and again. */
	async function keep(unsent) {
		let kept = 0;
		for (const form of unsent) {
			const { action, body } = form;
			const request = { method: 'POST', body, headers: { 'x-keep-form': '1' }, redirect: 'manual' };
			const answer = await fetch(action, request).catch(() => undefined);
			if (!answer) {
				say('unsent');
				setTimeout(() => void keep(unsent), RETRY_MS);
				return;
			}
			if (answer.status === 204) kept += 1;
		}
		say(kept > 0 ? 'kept' : '');
	}

	function say(which) {
		for (const part of over.querySelectorAll('[data-typed]')) part.hidden = part.dataset.typed !== which;
		if (which === 'kept') over.querySelector('a').search = '?ended=kept';
	}

	document.addEventListener('input', ({ target }) => {
		if (isOver || !target.form || target.form.method !== 'post') return;
		if (typed.size === 0 && dialog.dataset.ask) void bringAsk().catch(() => undefined);
		typed.add(target.form);
		// Whoever types is there.
		if (Date.now() - usedAt > TYPING_MS) void use();
	});
	document.addEventListener('submit', (event) => {
		typed.delete(event.target);
		askFirst(event);
	});
	/** Where something may be unsent, a script looks, and asks before one signs out. A second press goes at once. */
	function askFirst(event) {
		const form = event.target;
		if (!dialog.dataset.ask || form.isAsked || !form.matches('[action^="/sign-out"]') || !mayLose()) return;
		event.preventDefault();
		form.isAsked = true;
		const go = () => (form.requestSubmit ? form.requestSubmit() : form.submit());
		const late = setTimeout(go, ASK_MS);
		bringAsk()
			.then(() => form.dispatchEvent(new Event('sign-out', { bubbles: true })), go)
			.finally(() => clearTimeout(late));
	}
	const bringAsk = () => import(dialog.dataset.ask);
	function mayLose() {
		if (typed.size > 0 || [...document.forms].some(({ isUnkept }) => isUnkept)) return true;
		try {
			return localStorage.getItem('unsent') || localStorage.getItem('chosen');
		} catch {
			return false;
		}
	}
	dialog.addEventListener('submit', (event) => {
		if (!event.target.matches('[data-stay]')) return;
		event.preventDefault();
		stayed();
	});
	// Escape is the harmless answer: it stays.
	dialog.addEventListener('cancel', (event) => {
		event.preventDefault();
		stayed();
	});
	function stayed() {
		const end = readEnd();
		if (!end || end.lasts - end.ends >= 1_000) {
			void use();
			return;
		}
		goesOn = true;
		dialog.close();
	}

	document.addEventListener('visibilitychange', () => {
		if (document.visibilityState === 'visible') look();
	});
	addEventListener('pageshow', look);
	look();

	// What was written without a network is sent from whichever page is opened, and a copy of what is owed is renewed or wiped; the
	// first pages bring nothing else for either.
	try {
		const { register, debtCopy, ask } = dialog.dataset;
		const isBrought = document.querySelector(`meta[content="${register}"]`) !== null;
		if (register && localStorage.getItem('unsent') && !isBrought) void import(register);
		// Brought before it is needed: there may be no line then.
		if (ask && mayLose()) void bringAsk().catch(() => undefined);
		if (debtCopy && localStorage.getItem('debt-copy')) void import(debtCopy);
	} catch {
		// A browser that keeps nothing.
	}
})();
