/*
 * What is chosen is looked at, kept and sent by itself, and the list is read anew where it stands. Without this script the same
 * forms send it, page by page.
 */
import { afterPaint } from '#lib/browser/after-paint.ts';
import { noteDetails } from '#lib/browser/morph.ts';
import { sendForm, showAnswer, showPage } from '#lib/browser/show-page.ts';
import { Capture } from './capture/capture.ts';
import { takePhotographs } from './capture/from-offline.ts';
import { formOf, showSending } from './capture/show-sending.ts';
import { GoOn } from './go-on.ts';

const APART_MS = 2_000;
/** How often a page that is being prepared is asked for again, while it is in sight. */
const TIMES = 60;

const root = document.querySelector<HTMLElement>('#documents');

function start({ dataset }: HTMLElement, page: HTMLElement): void {
	const capture = new Capture({
		endpoint: '/documents/upload',
		key: dataset.key ?? '',
		onReceived: () => void inTurn(refresh),
		onChange: show,
	});
	let turn: Promise<void> = Promise.resolve();
	let left = TIMES;
	let timer: ReturnType<typeof setTimeout> | undefined;

	const goOn = new GoOn(page, { items: capture.items, send });

	function show(): void {
		showSending(page, capture.items, dataset.timeZone ?? '');
		goOn.settle();
	}

	/** One after the other: the list is not to be overtaken by an older one. */
	function inTurn(read: () => Promise<void>): Promise<void> {
		turn = turn.then(read).catch(() => undefined);
		return turn;
	}

	async function refresh(): Promise<void> {
		await showPage(location.pathname + location.search);
		show();
		watch();
	}

	function watch(): void {
		clearTimeout(timer);
		if (page.hasAttribute('data-preparing') && left > 0) timer = setTimeout(ask, APART_MS);
	}

	function ask(): void {
		if (document.hidden) return watch();
		left -= 1;
		void inTurn(refresh).then(watch);
	}

	/** What was chosen goes on its way by itself, and the form is free for more. */
	function send(form: HTMLFormElement): void {
		const fields = new FormData(form);
		const files = fields.getAll('files').filter((file): file is File => file instanceof File && file.name !== '');
		form.querySelector('.error')?.toggleAttribute('hidden', files.length > 0);
		if (files.length === 0) return;
		const { upload = '', replaces } = form.dataset;
		const consent = fields.get('sensitive_consent') === 'on';
		const about = { kind: upload, consent, ...(replaces !== undefined && { replaces }) };
		afterPaint(() => void capture.add(files, about));
		for (const input of form.querySelectorAll<HTMLInputElement>('input[type=file]')) input.value = '';
	}

	/** A deed on one page: no jump to the top, and the focus stays on what was pressed, or on the page where that is gone. */
	async function stay(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
		const place = form.closest('li');
		const isTurn = button?.getAttribute('formaction') === '?/turn';
		const status = () => form.querySelector('[role=status]');
		status()?.classList.add('unseen');
		try {
			const answer = await sendForm(form, button, 'manual');
			// What was done is answered by leading back here.
			if (answer.type !== 'opaqueredirect') return await showAnswer(answer);
			await refresh();
			(button?.isConnected ? button : place)?.focus();
			tell(status(), isTurn ? form.dataset.turned : form.dataset.moved);
		} catch {
			status()?.classList.remove('unseen');
			tell(status(), form.dataset.failed);
		}
	}

	function tell(status: Element | null, words: string | undefined): void {
		if (status) status.textContent = words ?? '';
	}

	/** A deed that is told above the list. */
	async function follow(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
		const answer = await sendForm(form, button, 'follow');
		await showAnswer(answer);
		history.replaceState(history.state, '', answer.url);
		show();
		watch();
		document.querySelector('main')?.focus({ preventScroll: true });
		scrollTo(0, 0);
	}

	page.addEventListener('submit', (event) => {
		const { target: form, submitter } = event;
		if (!(form instanceof HTMLFormElement)) return;
		const { upload, stay: stays, follow: follows } = form.dataset;
		if (upload === undefined && stays === undefined && follows === undefined) return;
		// A browser that does not say which button was pressed sends it itself.
		if (upload === undefined && !('submitter' in event)) return;
		event.preventDefault();
		if (upload !== undefined) send(form);
		else if (stays !== undefined) void inTurn(() => stay(form, submitter));
		else void inTurn(() => follow(form, submitter));
	});
	page.addEventListener('click', ({ target }) => {
		const deed =
			target instanceof Element && target.closest('button') ? target.closest<HTMLElement>('[data-deed]') : null;
		const id = deed?.closest('li')?.dataset.sending;
		if (!deed || id === undefined) return;
		if (deed.dataset.deed === 'send') void capture.sendAnyway(id);
		else void capture.drop(id);
		const input = formOf(deed)?.querySelector<HTMLInputElement>('input[type=file]:not([capture])');
		if (deed.dataset.deed === 'another') input?.click();
	});
	noteDetails();
	document.documentElement.dataset.live = '';
	void capture
		.resume()
		.then(() => takePhotographs(capture, document.getElementById('session-ending')?.dataset.device))
		.catch(() => undefined);
	watch();
}

if (root) start(root, root);
