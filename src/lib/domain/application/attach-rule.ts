import type { Status } from '#lib/domain/application/status.ts';

/** The page that a new one is to take the place of. */
export interface Replaced {
	readonly isRefused: boolean;
	/** An agent has asked for it again. */
	readonly isAskedAgain: boolean;
}

/** Why no page can be added now. */
export type NoMorePages = 'already_submitted' | 'page_gone';

/**
 * Whether a page may join an application: a draft takes pages freely; what was sent takes one only in the place of a page that
 * could not be read or was asked for again, or of a kind that an agent has asked for, and nothing once there is a decision.
 *
 * @param replaced the page whose place it takes; null where it takes nobody's, 'gone' where that page is not there any more
 * @param isAsked whether an open request asks for pages of its kind
 */
export function refusesPage(
	status: Status,
	replaced: Replaced | 'gone' | null,
	isAsked = false,
): NoMorePages | undefined {
	if (status !== 'draft' && !TAKES_AGAIN.includes(status)) return 'already_submitted';
	if (replaced === 'gone') return 'page_gone';
	if (status === 'draft' || (status === 'more_requested' && isAsked)) return undefined;
	return replaced?.isRefused || replaced?.isAskedAgain ? undefined : 'already_submitted';
}

const TAKES_AGAIN: readonly Status[] = ['submitted', 'in_review', 'more_requested'];
