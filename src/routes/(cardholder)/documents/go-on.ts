import { afterPaint } from '#lib/browser/after-paint.ts';
import type { CaptureItem, CaptureState } from './capture/capture.ts';

/** What moves by itself; what waits for the line keeps nobody, for it stays on the device. */
const ON_ITS_WAY: readonly CaptureState[] = ['checking', 'waiting', 'sending'];

interface Sending {
	/** The files on their way, as they are at any time. */
	readonly items: readonly CaptureItem[];
	/** Sends what was chosen in a form on its way. */
	readonly send: (form: HTMLFormElement) => void;
}

/**
 * To go on would break off what is being sent, and lose what was chosen and not sent. Whoever does is told so first: taken on when
 * all has arrived, asked whether to send what was chosen, or led to the file that waits for their word. A second press goes at once.
 */
export class GoOn {
	readonly #page: HTMLElement;
	readonly #sending: Sending;
	/** Where whoever goes on is taken once everything has arrived. */
	#onward: string | undefined;
	#isAsked = false;

	constructor(page: HTMLElement, sending: Sending) {
		this.#page = page;
		this.#sending = sending;
		page.addEventListener('click', (event) => {
			if (!(event.target instanceof Element)) return;
			const link = event.target.closest<HTMLAnchorElement>('[data-onward] a');
			if (link && !this.#mayGo(link)) event.preventDefault();
			if (event.target.closest('[data-onward] button')) this.#sendChosen();
		});
		page.addEventListener('change', () => this.#ask(false));
	}

	/** To be called when what is on its way has changed and is shown. */
	settle(): void {
		if (this.#onward === undefined || this.#isOnItsWay()) return;
		const asks = this.#page.querySelector<HTMLElement>('[data-state=advised] [data-deed] button');
		if (!asks) return location.assign(this.#onward);
		this.#onward = undefined;
		this.#tell(undefined);
		asks.focus();
	}

	#mayGo(link: HTMLAnchorElement): boolean {
		if (this.#onward !== undefined || this.#isAsked) return true;
		if (this.#chosen().length > 0) this.#ask(true);
		else if (this.#isOnItsWay()) this.#wait(link);
		else return true;
		return false;
	}

	#ask(isAsked: boolean): void {
		if (isAsked !== this.#isAsked) this.#tell(isAsked ? 'chosen' : undefined);
		this.#isAsked = isAsked;
		this.#page.querySelector('[data-onward] .send')?.toggleAttribute('hidden', !isAsked);
	}

	#sendChosen(): void {
		const forms = this.#chosen();
		const incomplete = forms.find((form) => !form.checkValidity());
		if (incomplete) {
			incomplete.closest('details')?.setAttribute('open', '');
			incomplete.reportValidity();
			return;
		}
		for (const form of forms) this.#sending.send(form);
		this.#ask(false);
		const link = this.#page.querySelector<HTMLAnchorElement>('[data-onward] a');
		// By then what is sent is on its way.
		afterPaint(() => {
			if (link) this.#wait(link);
			this.settle();
		});
	}

	#wait({ href }: HTMLAnchorElement): void {
		this.#onward = href;
		this.#tell('sending');
	}

	#isOnItsWay(): boolean {
		return this.#sending.items.some(({ state }) => ON_ITS_WAY.includes(state));
	}

	/** The forms in which something was chosen that was not sent. */
	#chosen(): HTMLFormElement[] {
		const forms = [...this.#page.querySelectorAll<HTMLFormElement>('form[data-upload]')];
		const inputs = (form: HTMLFormElement) => [...form.querySelectorAll<HTMLInputElement>('input[type=file]')];
		return forms.filter((form) => inputs(form).some(({ files }) => files !== null && files.length > 0));
	}

	#tell(what: 'chosen' | 'sending' | undefined): void {
		const line = this.#page.querySelector<HTMLElement>('[data-onward] [role=status]');
		if (line) line.textContent = (what && line.dataset[what]) ?? '';
	}
}
