import type { CaseState } from '#lib/domain/live/case-news.ts';

/** In whose hands a case was when its page was loaded, as far as news are told by it. */
export type SeenHold = 'yours' | 'lapsed' | 'taken' | 'waiting' | 'closed';

/** What a page knew of its case when it was loaded, as the address of its stream tells it; `version` where the page shows it. */
export function seenText({ hold, fence, version }: { hold: SeenHold; fence: number; version?: number }): string {
	return [hold, fence, version ?? ''].join('.');
}

/**
 * The state that a page shows, from the text of its address: what happened since is news, whether its stream broke meanwhile or
 * was never open. Undefined where the text says nothing, or the case was over already.
 */
export function stateOnPage(text: string, present: CaseState): CaseState | undefined {
	const [, hold, fence, version] = /^(yours|lapsed|taken|waiting)\.(\d{1,15})\.(\d{0,9})$/.exec(text) ?? [];
	if (hold === undefined || fence === undefined) return undefined;
	return {
		status: hold === 'waiting' ? 'submitted' : 'in_review',
		version: version ? Number(version) : present.version,
		fence: Number(fence),
		holder: hold === 'yours' || hold === 'taken' ? { staffId: '', name: '' } : null,
	};
}
