/** What the person is told of what they typed: on its way, kept, waiting for the connection, or not taken. */
export type SaveState = 'saving' | 'saved' | 'waiting' | 'refused';

const AFTER_TYPING_MS = 900;
const FIRST_RETRY_MS = 4_000;
const LONGEST_RETRY_MS = 60_000;

/**
 * Keeps a form on the server while it is typed, by its own action with the field `keep`: a moment after the last key, at
 * once where a field or the page is left, and again and again where the connection fails. Each request says when its words were
 * typed, by the server's `clock`, so that an older one never overwrites a newer one whichever comes first.
 */
export function autosave(
	form: HTMLFormElement,
	{ clock, tell }: { clock: () => number; tell: (state: SaveState) => void },
) {
	let typedAt = clock();
	let timer: ReturnType<typeof setTimeout> | undefined;
	let isDirty = false;
	let isSending = false;
	let retryIn = FIRST_RETRY_MS;

	const later = (ms: number) => {
		clearTimeout(timer);
		timer = setTimeout(() => void send(), ms);
	};

	async function send(isLeaving = false): Promise<void> {
		clearTimeout(timer);
		// Whoever leaves cannot wait for the answer to what was sent before.
		if ((isSending && !isLeaving) || !isDirty) return;
		isSending = true;
		isDirty = false;
		const state = await post(form, typedAt);
		isSending = false;
		if (state === 'waiting') {
			isDirty = true;
			later(retryIn);
			retryIn = Math.min(retryIn * 2, LONGEST_RETRY_MS);
		} else {
			retryIn = FIRST_RETRY_MS;
			if (isDirty) later(AFTER_TYPING_MS);
		}
		tell(isDirty && state === 'saved' ? 'saving' : state);
	}

	const now = () => void send(true);
	const whenHidden = () => {
		if (document.visibilityState === 'hidden') now();
	};
	document.addEventListener('visibilitychange', whenHidden);
	form.addEventListener('change', now);
	addEventListener('pagehide', now);
	addEventListener('online', now);
	return {
		/** Something was typed. */
		touch(): void {
			isDirty = true;
			typedAt = clock();
			tell('saving');
			later(AFTER_TYPING_MS);
		},
		/** The form is sent whole by its own button: nothing of it is left to keep. */
		settle(): void {
			clearTimeout(timer);
			isDirty = false;
			const typed = Object.assign(document.createElement('input'), { type: 'hidden', name: 'typed' });
			typed.value = String(clock());
			form.append(typed);
		},
	};
}

async function post(form: HTMLFormElement, typedAt: number): Promise<SaveState> {
	const body = new FormData(form);
	body.set('keep', '1');
	body.set('typed', String(typedAt));
	const headers = { accept: 'application/json', 'x-sveltekit-action': 'true' };
	try {
		// The browser sends it also where the page is gone by then.
		const answer = await fetch(form.action, { method: 'POST', headers, body, keepalive: true });
		if (answer.status >= 500) return 'waiting';
		const { type } = (await answer.json()) as { type?: string };
		return type === 'success' ? 'saved' : 'refused';
	} catch {
		return 'waiting';
	}
}
