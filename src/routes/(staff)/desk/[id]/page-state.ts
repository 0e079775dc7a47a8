import type { ListedEvidence } from '#lib/server/evidence/list-evidence.ts';

/** How a page stands at the desk: what was found on it, or why nobody can look at it; `none` where nobody has looked yet. */
export type PageState = 'accepted' | 'again' | 'received' | 'refused' | 'none';

export function pageState({ state, check }: Pick<ListedEvidence, 'state' | 'check'>): PageState {
	if (state !== 'ready') return state;
	return check?.verdict ?? 'none';
}
