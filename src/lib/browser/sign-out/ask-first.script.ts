/*
 * Asks whoever signs out while something is not sent what is to become of it. static/session.js brings it where that may be, and says
 * when: where nothing is unsent after all, or the words cannot be had, one is signed out at once.
 */
import { readWords } from './ask-words.ts';
import { findUnsent, type Unsent, unkeptForms } from './unsent.ts';

/** `isAsked` lets the next press go through. */
type OutForm = HTMLFormElement & { isAsked?: boolean };

/** However slow the device or the line: nobody who signs out waits for longer. */
const PATIENCE_MS = 5_000;

document.addEventListener('sign-out', ({ target }) => {
	if (target instanceof HTMLFormElement) void askFirst(target);
});

async function askFirst(form: OutForm): Promise<void> {
	const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS));
	const question = await Promise.race([findQuestion().catch(() => undefined), late]);
	if (!form.isConnected) return;
	if (question) show(form, question.unsent, question.words);
	else leave(form);
}

/** Undefined where there is nothing to ask. */
async function findQuestion(): Promise<{ unsent: Unsent; words: DocumentFragment } | undefined> {
	const unsent = await findUnsent();
	if (!Object.values(unsent).some(Boolean)) return undefined;
	const words = await readWords();
	return words && { unsent, words };
}

function show(form: OutForm, unsent: Unsent, words: DocumentFragment): void {
	const like = document.getElementById('session-ending');
	const dialog = document.createElement('dialog');
	// In the styles of the other one, which every page brings.
	dialog.className = like?.className ?? '';
	dialog.setAttribute('aria-labelledby', 'sign-out-ask-title');
	dialog.append(words);
	const way = navigator.onLine ? wayTo(unsent) : undefined;
	for (const part of dialog.querySelectorAll<HTMLElement>('[data-lost]'))
		part.hidden = !unsent[part.dataset.lost as keyof Unsent];
	for (const part of dialog.querySelectorAll<HTMLElement>('[data-count]'))
		part.textContent = part.dataset.count?.replace('{count}', String(unsent.files)) ?? '';
	dialog.querySelector('[data-no-line]')?.toggleAttribute('hidden', navigator.onLine);
	dialog.querySelector('[data-send]')?.toggleAttribute('hidden', way === undefined);
	dialog.querySelector('[data-back]')?.toggleAttribute('hidden', way !== undefined);
	if (way) dialog.querySelector('[data-send] a')?.setAttribute('href', way);
	dialog.querySelector('[data-back] button')?.addEventListener('click', () => dialog.close());
	dialog.querySelector('[data-out] button')?.addEventListener('click', () => leave(form));
	dialog.addEventListener('close', () => {
		form.isAsked = false;
		dialog.remove();
	});
	document.body.append(dialog);
	dialog.showModal();
}

/** Where it waits; undefined where that is here. */
function wayTo({ files, budget, chosen, words }: Unsent): string | undefined {
	const way = files > 0 ? '/documents' : budget ? '/hardship' : undefined;
	return way === location.pathname || chosen || words ? undefined : way;
}

function leave(form: OutForm): void {
	form.isAsked = true;
	// The browser is not to ask once more.
	for (const unkept of unkeptForms()) unkept.isUnkept = false;
	if (form.requestSubmit) form.requestSubmit();
	else form.submit();
}
