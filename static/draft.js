// Keeps a form on the server as it is left, for any device: `data-draft` on the form says which it is and what it is about. The
// words of the line stand in the page (DraftLine.svelte). Each save says when its words were typed, by the server's clock, so
// that one which comes late covers nothing newer.
(() => {
	const PAUSE_MS = 800;
	const RETRY_MS = 5_000;
	const states = new Map();
	// How far the device's clock is ahead of the server's; the script comes with the page, so both are of the same moment.
	const aheadMs = Date.now() - Number(document.querySelector('[data-draft-line]').dataset.now);

	function stateOf(form) {
		if (!states.has(form)) {
			states.set(form, { line: form.querySelector('[data-draft-line]'), typed: 0, asked: 0, kept: 0 });
		}
		return states.get(form);
	}

	function touch(form) {
		const state = stateOf(form);
		state.typed = Date.now() - aheadMs;
		// Whoever signs out is asked first (lib/browser/sign-out).
		form.isUnkept = true;
		clearTimeout(state.timer);
		state.timer = setTimeout(() => void keep(form), PAUSE_MS);
	}

	async function keep(form) {
		const state = stateOf(form);
		clearTimeout(state.timer);
		const { typed } = state;
		if (typed <= state.asked) return;
		state.asked = typed;
		const [name, subject] = form.dataset.draft.split('/');
		const body = new URLSearchParams();
		for (const [field, value] of new FormData(form)) if (typeof value === 'string') body.append(field, value);
		// What was picked by links and stands in no field.
		for (const [field, value] of new URLSearchParams(form.dataset.draftMore)) body.set(field, value);
		const query = new URLSearchParams({ form: name, subject, typed });
		const request = { method: 'POST', body, keepalive: true, redirect: 'manual' };
		const answer = await fetch(`/draft?${query}`, request).catch(() => undefined);
		state.fails = !answer || answer.status >= 500;
		if (answer?.status === 204) state.kept = Math.max(state.kept, typed);
		if (state.kept >= state.typed) form.isUnkept = false;
		if (!state.fails) state.isHeld = false;
		if (state.fails) {
			state.asked = state.kept;
			state.timer = setTimeout(() => void keep(form), RETRY_MS);
			say(state, state.isHeld ? 'unsent' : 'waiting');
		} else if (typed === state.typed) say(state, answer.status === 204 ? 'kept' : 'refused');
	}

	/** The same words twice are read aloud once. */
	function say({ line }, which) {
		const words = line.dataset[which];
		if (line.textContent !== words) line.textContent = words;
	}

	const keepAll = () => {
		for (const form of states.keys()) if (form.isConnected) void keep(form);
	};
	const draftOf = ({ target }) => (target.form?.dataset.draft ? target.form : undefined);
	document.addEventListener('input', (event) => {
		const form = draftOf(event);
		if (form) touch(form);
	});
	document.addEventListener('change', (event) => {
		const form = draftOf(event);
		if (form && states.has(form)) void keep(form);
	});
	document.addEventListener('visibilitychange', () => {
		if (document.visibilityState === 'hidden') keepAll();
	});
	addEventListener('pagehide', keepAll);
	addEventListener('online', keepAll);
	addEventListener('beforeunload', (event) => {
		keepAll();
		// The line is down, and here alone stand the words: the browser asks first.
		if ([...states].some(([form, { fails }]) => fails && form.isUnkept)) event.preventDefault();
	});
	document.addEventListener('submit', (event) => {
		const state = states.get(event.target);
		if (!state) return;
		if (navigator.onLine === false || (state.fails && state.typed > state.kept)) {
			event.preventDefault();
			state.isHeld = true;
			say(state, 'unsent');
			void keep(event.target);
			return;
		}
		clearTimeout(state.timer);
		state.asked = state.typed;
	});

	// What was typed before this script came.
	for (const form of document.querySelectorAll('form[data-draft]')) {
		const isTyped = ({ type, value, defaultValue }) =>
			type !== 'hidden' && (value ?? '') !== (defaultValue ?? value ?? '');
		if ([...form.elements].some(isTyped)) touch(form);
	}
})();
