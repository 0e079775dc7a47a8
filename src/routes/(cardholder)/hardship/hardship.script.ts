/*
 * While one types: what was typed is kept on the server, the sums go along, and a line that cannot be read says so once it is left.
 * Without this script the form's own buttons do it.
 */
import { afterPaint } from '#lib/browser/after-paint.ts';
import { budgetTotals } from '#lib/domain/application/budget.ts';
import { readLines } from '#lib/domain/application/budget-lines.ts';
import { currencyOf } from '#lib/domain/money.ts';
import { autosave, type SaveState } from './autosave.ts';
import { showError, showTotals } from './show-budget.ts';
import { takeUnkept, noteUnkept } from './unkept.ts';

const form = document.querySelector<HTMLFormElement>('#hardship-form');
const budget = form?.querySelector<HTMLElement>('#budget');
const saveLine = form?.querySelector<HTMLElement>('#save-line');

/** Lines that are being typed in: until they are left they are not yet wrong. */
const inHand = new Set<string>();
let keptAs: SaveState | undefined;

function tell(state: SaveState): void {
	keptAs = state;
	const words = saveLine?.querySelector('.words');
	if (!saveLine || !words) return;
	words.textContent = saveLine.dataset[state] ?? '';
	saveLine.dataset.state = state;
}

function figures(of: HTMLFormElement): Record<string, string> {
	const fields = [...of.querySelectorAll<HTMLInputElement>('#budget input')];
	return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}

function reckon(of: HTMLFormElement, { dataset }: HTMLElement): void {
	const { code } = currencyOf(dataset.currency ?? '');
	const lines = readLines(figures(of), currencyOf(code));
	showTotals(of, budgetTotals(lines.budget), code);
	const words = JSON.parse(dataset.problems ?? '{}') as Record<string, string>;
	for (const field of of.querySelectorAll<HTMLInputElement>('#budget input')) {
		const problem = inHand.has(field.name) ? undefined : lines.problems[field.name as keyof typeof lines.problems];
		showError(field, problem && words[problem]);
	}
}

/** What differs from what the server sent was typed before this script came. */
function isTyped(field: Element): boolean {
	if (field instanceof HTMLInputElement && field.type === 'radio') return field.checked !== field.defaultChecked;
	const hasText = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
	return hasText && field.value !== field.defaultValue;
}

function start(of: HTMLFormElement, sums: HTMLElement): void {
	// The server's clock, carried on by the time that passed since: the device's own may be wrong.
	const servedAt = Number(document.getElementById('session-ending')?.dataset.now ?? 0);
	const arrivedAt = performance.now();
	const clock = () => Math.round(servedAt + performance.now() - arrivedAt);
	const keeping = autosave(of, { clock, tell });
	let isSent = false;
	of.addEventListener('input', ({ target }) => {
		if (target instanceof HTMLInputElement) inHand.add(target.name);
		keeping.touch();
		reckon(of, sums);
	});
	of.addEventListener('change', ({ target }) => {
		if (target instanceof HTMLInputElement) inHand.delete(target.name);
		reckon(of, sums);
	});
	of.addEventListener('submit', () => {
		isSent = true;
		keeping.settle();
	});
	of.querySelector('.print')?.addEventListener('click', () => {
		print();
	});
	// The browser asks before a page with what could not be kept is closed.
	addEventListener('beforeunload', (event) => {
		if (!isSent && keptAs === 'waiting') event.preventDefault();
	});
	addEventListener('pagehide', () => {
		if (!isSent && keptAs !== undefined && keptAs !== 'saved') noteUnkept(figures(of));
	});
	if (document.activeElement instanceof HTMLInputElement) inHand.add(document.activeElement.name);
	if (Array.from(of.elements).some(isTyped)) keeping.touch();
	// The phone's store and the first sum take their time; each gets a task of its own, so that a tap between them is not kept waiting.
	afterPaint(() => {
		for (const [name, value] of Object.entries(takeUnkept())) {
			const field = of.elements.namedItem(name);
			if (!(field instanceof HTMLInputElement) || isTyped(field)) continue;
			field.value = value;
			if (isTyped(field)) keeping.touch();
		}
		afterPaint(() => {
			reckon(of, sums);
		});
	});
}

if (form && budget) start(form, budget);
