import type { BudgetTotals } from '#lib/domain/application/budget.ts';
import { amountParts } from '#lib/messages/plain-format.ts';

/** Shows sums where the page shows those of what was kept (Surplus.svelte). */
export function showTotals(root: ParentNode, { income, outgoings, surplus }: BudgetTotals, currency: string): void {
	const isShort = surplus !== null && surplus < 0;
	const sums = { income, outgoings, surplus: Math.abs(surplus ?? 0) };
	for (const [name, amount] of Object.entries(sums)) {
		showAmount(root.querySelector(`[data-sum=${name}] .amount`), amount, currency);
	}
	root.querySelector('.sums')?.classList.toggle('short', isShort);
	hide(root.querySelector('.left'), surplus === null);
	hide(root.querySelector('.unknown'), surplus !== null);
	hide(root.querySelector('.left .lack'), !isShort);
	hide(root.querySelector('.left dt > :not(.lack)'), isShort);
}

/** Tells what is wrong with a field beside it, or with no words that nothing is (FieldText.svelte). */
export function showError(field: HTMLInputElement, words: string | undefined): void {
	const line = document.getElementById(`${field.name}-error`);
	const text = line?.querySelector('span');
	if (!line || !text || text.textContent === (words ?? '')) return;
	text.textContent = words ?? '';
	line.hidden = words === undefined;
	field.parentElement?.classList.toggle('invalid', words !== undefined);
	if (words === undefined) field.removeAttribute('aria-invalid');
	else field.setAttribute('aria-invalid', 'true');
}

/** The same parts as Amount.svelte draws; only what changes is written, so that only that is read out. */
function showAmount(box: Element | null, amount: number, currency: string): void {
	const { sign, whole, minor } = amountParts(amount, currency, false, document.documentElement.lang);
	const drawn = box?.querySelector('.sign');
	write(drawn, sign);
	write(drawn?.nextSibling, whole);
	write(box?.querySelector('.minor'), minor);
}

function write(node: Node | null | undefined, text: string): void {
	if (node && node.textContent !== text) node.textContent = text;
}

function hide(element: Element | null, isHidden: boolean): void {
	element?.toggleAttribute('hidden', isHidden);
}
