import type { Status } from '#lib/domain/application/status.ts';

/** A case as far as its open page must hear of it. */
export interface CaseState {
	readonly status: Status;
	readonly version: number;
	readonly fence: number;
	/** Who has it in hand by a live lease; null where nobody. */
	readonly holder: { readonly staffId: string; readonly name: string } | null;
}

/** What became of an open case; codes that the page turns into words. */
export type CaseNews =
	| { readonly what: 'withdrawn' | 'changed' | 'put_back' }
	| { readonly what: 'taken'; readonly name: string; readonly isYou: boolean }
	| { readonly what: 'decided' };

/** The most important of what happened between two looks at a case; undefined where nothing that its page must tell. */
export function caseNews(before: CaseState, after: CaseState, staffId: string): CaseNews | undefined {
	if (after.status !== before.status && after.status === 'withdrawn') return { what: 'withdrawn' };
	const wasOpen = before.status === 'submitted' || before.status === 'in_review';
	const isOpen = after.status === 'submitted' || after.status === 'in_review';
	if (wasOpen && !isOpen) return { what: 'decided' };
	if (after.fence > before.fence && after.holder) {
		const { name, staffId: holderId } = after.holder;
		return { what: 'taken', name, isYou: holderId === staffId };
	}
	if (before.holder && !after.holder && after.status === 'submitted') return { what: 'put_back' };
	if (after.version !== before.version || (!wasOpen && isOpen)) return { what: 'changed' };
	return undefined;
}
