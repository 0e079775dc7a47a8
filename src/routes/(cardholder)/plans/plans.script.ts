/*
 * The plans follow what is typed, slid and picked: the page's own form is asked again in the background, and what it answers is
 * shown in place. Without this script the same form and links do it, page by page.
 */
import { afterPaint } from '#lib/browser/after-paint.ts';
import { noteDetails } from '#lib/browser/morph.ts';
import { showPage } from '#lib/browser/show-page.ts';
import { readTypedAmount } from '#lib/domain/application/typed-amount.ts';
import { currencyOf } from '#lib/domain/money.ts';
import { amountText } from '#lib/messages/plain-format.ts';

const AFTER_TYPING_MS = 250;
/** A finger on the slider is followed so often, and no faster than the line answers. */
const SLIDING_MS = 300;
const form = document.querySelector<HTMLFormElement>('#monthly-form');
const field = form?.querySelector<HTMLInputElement>('[name=monthly]');
const slider = form?.querySelector<HTMLInputElement>('[data-slides]');
const firstDay = form?.querySelector<HTMLInputElement>('[name=first]');

let timer: ReturnType<typeof setTimeout> | undefined;
let asking: AbortController | undefined;
let hasSlidOn = false;

/** Shows what the server makes of an address of this page; the address bar follows, so that reading the page again shows the same. */
async function show(address: string): Promise<void> {
	clearTimeout(timer);
	timer = undefined;
	hasSlidOn = false;
	asking?.abort();
	const { signal } = (asking = new AbortController());
	const pickedBefore = form?.dataset.draftMore;
	try {
		await showPage(address, signal);
		if (signal.aborted) return;
		history.replaceState(history.state, '', address);
		form?.removeAttribute('data-stuck');
		// A pick is kept like what is typed, although no field holds it.
		if (form?.dataset.draftMore !== pickedBefore) firstDay?.dispatchEvent(new Event('input', { bubbles: true }));
	} catch {
		if (!signal.aborted) form?.setAttribute('data-stuck', '');
	}
	if (signal.aborted) return;
	asking = undefined;
	if (hasSlidOn) timer ??= setTimeout(ask, SLIDING_MS);
}

/** The address that the form would lead to by its own button. */
function addressOf(entries: Iterable<[string, FormDataEntryValue]>): string {
	const query = new URLSearchParams();
	for (const [name, value] of entries) if (typeof value === 'string' && value.trim() !== '') query.set(name, value);
	const asked = query.toString();
	return asked === '' ? '/plans' : `/plans?${asked}`;
}

function follow(moved: EventTarget | null, sum: HTMLInputElement): void {
	if (moved === slider && slider) {
		sum.value = slider.value;
		tellSum(slider);
		hasSlidOn = asking !== undefined;
		if (!asking) timer ??= setTimeout(ask, SLIDING_MS);
		return;
	}
	if (slider) afterPaint(() => slide(sum.value, slider));
	clearTimeout(timer);
	timer = setTimeout(ask, AFTER_TYPING_MS);
}

function ask(): void {
	if (form) void show(addressOf(new FormData(form)));
}

/** The slider stands where the field says. */
function slide(text: string, to: HTMLInputElement): void {
	const currency = currencyOf(to.dataset.slides ?? '');
	const typed = readTypedAmount(text, currency);
	if (!typed.ok) return;
	to.value = String(Math.round(typed.amount / 10 ** currency.digits));
	tellSum(to);
}

function tellSum(of: HTMLInputElement): void {
	const { code, digits } = currencyOf(of.dataset.slides ?? '');
	of.setAttribute('aria-valuetext', amountText(Number(of.value) * 10 ** digits, code, document.documentElement.lang));
}

/** Another first day keeps the terms, which stand in the address and not in the form. */
function chooseFirst(day: string): void {
	const before = [...new URLSearchParams(location.search)].filter(([name]) => /^[nd]\./.test(name));
	void show(addressOf([['monthly', field?.value ?? ''], ['first', day], ...before]));
}

if (form && field) {
	noteDetails();
	document.documentElement.dataset.live = '';
	form.addEventListener('input', ({ target }) => {
		if (target === field || target === slider) follow(target, field);
	});
	form.addEventListener('change', ({ target }) => {
		if (target instanceof HTMLInputElement && target.name === 'first') chooseFirst(target.value);
	});
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		ask();
	});
	document.addEventListener('click', (event) => {
		const picked = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-pick]') : null;
		// Another tab is another tab.
		if (!picked || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
		event.preventDefault();
		void show(picked.pathname + picked.search);
	});
	// The first figure that is written out takes long: better now than at the first touch.
	if (slider) setTimeout(() => tellSum(slider));
	// What was typed or slid before this script came counts.
	if (field.value !== field.defaultValue) follow(field, field);
	else if (slider && slider.value !== slider.defaultValue) follow(slider, field);
}
