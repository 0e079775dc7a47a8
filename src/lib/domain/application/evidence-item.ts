import { refusesPage } from '#lib/domain/application/attach-rule.ts';
import type { Status } from '#lib/domain/application/status.ts';

/** How a kind of evidence stands, as its cardholder is told. */
export type ItemState = 'missing' | 'received' | 'being_checked' | 'accepted' | 'again';

/** One page as far as its item's state depends on it. */
export interface ItemPage {
	readonly state: 'received' | 'ready' | 'refused';
	/** What an agent found; null before one has looked. */
	readonly check: { readonly verdict: 'accepted' | 'again' } | null;
}

/** What can be done with a page. */
export type PageDeed = 'turn' | 'move' | 'replace' | 'remove';

/**
 * The state of an item from its pages: one that could not be taken or is asked for again asks for the whole again, and it is
 * accepted once every page is.
 */
export function itemState(status: Status, pages: readonly ItemPage[]): ItemState {
	if (pages.length === 0) return 'missing';
	if (pages.some(isToComeAgain)) return 'again';
	if (pages.every(({ check }) => check?.verdict === 'accepted')) return 'accepted';
	return status === 'draft' ? 'received' : 'being_checked';
}

/** What its cardholder may do with a page now: anything in a draft, and later only what was asked of them. */
export function pageDeeds(status: Status, page: ItemPage, isAsked = false): readonly PageDeed[] {
	if (status !== 'draft') return mayReplace(status, page, isAsked) ? ['replace'] : [];
	// What is not decoded yet, or never will be, has no picture to turn.
	return page.state === 'ready' ? ['turn', 'move', 'replace', 'remove'] : ['move', 'replace', 'remove'];
}

/** Whether a page of what was sent waits for another to take its place. */
export function isAwaited(status: Status, page: ItemPage): boolean {
	return status !== 'draft' && mayReplace(status, page, false);
}

function mayReplace(status: Status, page: ItemPage, isAsked: boolean): boolean {
	const replaced = { isRefused: page.state === 'refused', isAskedAgain: page.check?.verdict === 'again' };
	return refusesPage(status, replaced, isAsked) === undefined;
}

function isToComeAgain({ state, check }: ItemPage): boolean {
	return state === 'refused' || check?.verdict === 'again';
}

/** The next quarter turn to the right, from 0 to 3. */
export function turnedRight(turns: number): number {
	return (turns + 1) % 4;
}

/**
 * The order of an application's pages after one was moved earlier or later among those of its own kind; the same order where
 * there is none of its kind on that side, or no such page.
 */
export function reordered<P extends { readonly id: string; readonly kind: string }>(
	pages: readonly P[],
	id: string,
	way: 'earlier' | 'later',
): readonly P[] {
	const page = pages.find((each) => each.id === id);
	const alike = pages.filter(({ kind }) => kind === page?.kind);
	const other = page && alike[alike.indexOf(page) + (way === 'later' ? 1 : -1)];
	if (!other) return pages;
	return pages.map((each) => (each === page ? other : each === other ? page : each));
}
