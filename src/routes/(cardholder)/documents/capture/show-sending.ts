import { morph } from '#lib/browser/morph.ts';
import { clockTime } from '#lib/messages/plain-format.ts';
import type { CaptureItem, CaptureState } from './capture.ts';

const UNDER_WAY: readonly CaptureState[] = ['checking', 'advised', 'waiting', 'sending', 'offline'];

/** The form that something stands in. */
export function formOf(element: Element): HTMLFormElement | null {
	return element.closest('form');
}

/**
 * Shows each file on its way in the form that it was chosen with, and opens what hides that; in the form of its kind where the page
 * that it was to replace is gone, and above the list where there is none. `timeZone` is that of a receipt's time.
 */
export function showSending(root: HTMLElement, items: readonly CaptureItem[], timeZone: string): void {
	const template = root.querySelector<HTMLTemplateElement>('#sending-item');
	if (!template) return;
	for (const tray of root.querySelectorAll('[data-tray]')) {
		const inIt = items.filter((item) => trayOf(root, item) === tray);
		const list = tray.querySelector('ul');
		if (list) showItems(list, inIt, (item) => draw(template, item, timeZone));
		const isUnderWay = inIt.some(({ state }) => UNDER_WAY.includes(state));
		tray.querySelector('.leave')?.toggleAttribute('hidden', !isUnderWay);
	}
}

function trayOf(root: HTMLElement, { kind, replaces }: CaptureItem): Element | null {
	const forms = [...root.querySelectorAll<HTMLFormElement>('form[data-upload]')];
	const form =
		forms.find(({ dataset }) => replaces !== undefined && dataset.replaces === replaces) ??
		forms.find(({ dataset }) => dataset.upload === kind && dataset.replaces === undefined);
	return (form ?? root).querySelector(form ? '[data-tray]' : '[data-tray=left-over]');
}

function showItems(list: Element, items: readonly CaptureItem[], drawn: (item: CaptureItem) => Element): void {
	for (const line of list.querySelectorAll<HTMLElement>('[data-sending]')) {
		if (!items.some(({ id }) => id === line.dataset.sending)) line.remove();
	}
	for (const item of items) {
		const line = [...list.children].find((one) => one.id === `sending-${item.id}`);
		if (line) morph(line, drawn(item));
		else {
			list.append(drawn(item));
			reveal(list);
		}
	}
}

function reveal(list: Element): void {
	for (let details = list.closest('details'); details;) {
		details.open = true;
		details = details.parentElement?.closest('details') ?? null;
	}
}

/** One line of the template, left with what bears the file's state. */
function draw(template: HTMLTemplateElement, item: CaptureItem, timeZone: string): HTMLElement {
	const line = (template.content.cloneNode(true) as DocumentFragment).querySelector('li')!;
	line.id = `sending-${item.id}`;
	line.dataset.sending = item.id;
	line.dataset.state = item.state;
	for (const part of line.querySelectorAll<HTMLElement>('[data-states]')) {
		const { states = '', advice } = part.dataset;
		const isMeant = states.split(' ').includes(item.state);
		if (!isMeant || (advice !== undefined && !(item.advice as readonly string[]).includes(advice))) part.remove();
	}
	write(line.querySelector('.name'), item.name);
	const { state, receivedAt, text } = item;
	const words = line.querySelector<HTMLElement>('.state');
	if (state === 'refused' && text !== '') write(words, text);
	if (state === 'received' && receivedAt) {
		const time = clockTime(receivedAt, timeZone, document.documentElement.lang);
		write(words, words?.dataset.timed?.replace('{time}', () => time) ?? '');
	}
	const progress = line.querySelector('progress');
	progress?.setAttribute('value', String(item.share));
	progress?.setAttribute('aria-label', progress.getAttribute('aria-label')?.replace('{name}', () => item.name) ?? '');
	return line;
}

function write(element: Element | null, text: string): void {
	if (element) element.textContent = text;
}
