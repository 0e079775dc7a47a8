import type { Reason } from '#lib/domain/application/reason.ts';
import type { Words } from '#lib/domain/words.ts';

/** One thing that an agent checks, as the bank words it. Its code is stored with each decision and never changes. */
export interface CheckItem {
	readonly code: string;
	readonly words: Words;
	/** The hardship reasons for which it is asked; absent for every one. */
	readonly reasons?: readonly Reason[] | undefined;
	/** Whether nothing is approved or offered before it is done. */
	readonly needed: boolean;
}

/** What is to be checked of an application with a reason, in the list's order. */
export function checksFor(list: readonly CheckItem[], reason: Reason | null): CheckItem[] {
	return list.filter(({ reasons }) => !reasons || (reason !== null && reasons.includes(reason)));
}

/** What is needed and was not checked yet; an approval needs an empty list, a refusal may come at the first thing that is wrong. */
export function uncheckedOf(items: readonly CheckItem[], checked: readonly string[]): string[] {
	return items.filter(({ code, needed }) => needed && !checked.includes(code)).map(({ code }) => code);
}

/** What was ticked and is not on the list. */
export function unknownOf(items: readonly CheckItem[], checked: readonly string[]): string[] {
	return checked.filter((code) => !items.some((item) => item.code === code));
}

/** An item with the mark of its very wording, by which a page shows that it was this one that stood there. */
export interface MarkedCheck extends CheckItem {
	readonly mark: string;
}

/** The marks of a list in its order, as a page sends them back; another text is another list. */
export function marksOf(items: readonly MarkedCheck[]): string {
	return items.map(({ mark }) => mark).join(',');
}

/** What stays ticked where the list changed since the page was loaded: what stands there as it was seen. */
export function stillChecked(
	items: readonly MarkedCheck[],
	{ checked, seen }: { readonly checked: readonly string[]; readonly seen: string },
): string[] {
	const marks = new Set(seen.split(','));
	return items.filter(({ code, mark }) => checked.includes(code) && marks.has(mark)).map(({ code }) => code);
}
