import { morph } from '#lib/browser/morph.ts';

/** What changes from one reading of a page to the next: its content, and the links around it that lead back to it. */
const PARTS = ['main', 'footer'];
const HEADERS = { accept: 'text/html' };

/**
 * Reads an address of this page anew and shows in place what the server answers. Where it leads to another page, such as the
 * sign-in, the browser goes there. Rejects where nothing can be read, and when it is broken off.
 */
export async function showPage(address: string, signal?: AbortSignal): Promise<void> {
	await showAnswer(await fetch(address, { headers: HEADERS, ...(signal && { signal }) }), signal);
}

/** Sends a form of this page, as its button would; what the server answers is for `showAnswer`. */
export function sendForm(
	form: HTMLFormElement,
	button: HTMLElement | null,
	redirect: RequestRedirect,
): Promise<Response> {
	const body = new URLSearchParams();
	for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
	const pressed = button instanceof HTMLButtonElement ? button : undefined;
	if (pressed?.name) body.append(pressed.name, pressed.value);
	const action = pressed?.hasAttribute('formaction') ? pressed.formAction : form.action;
	return fetch(action, { method: 'POST', body, redirect, headers: HEADERS });
}

/** Shows in place what an answer holds of this page; see `showPage`. */
export async function showAnswer(answer: Response, signal?: AbortSignal): Promise<void> {
	const url = new URL(answer.url);
	if (url.pathname !== location.pathname) {
		location.assign(url);
		return;
	}
	if (answer.status >= 500) throw new Error(`the page was answered with ${String(answer.status)}`);
	const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
	// Newer browsers break off by themselves.
	if (signal?.aborted) throw new Error('it was broken off');
	for (const part of PARTS) {
		const [from, to] = [document.querySelector(part), next.querySelector(part)];
		if (from && to) morph(from, to);
	}
}
