import { isRequestReason } from '#lib/domain/application/information-request.ts';
import type { WholeApplication } from '#lib/server/application/read-application.ts';
import type { AskRow } from './request-form.ts';

const MORE_PAPERS = 2;
const QUESTIONS = 3;

/**
 * The lines that the form begins with: each paper of which a page was marked to come again, each need that nothing was sent
 * for, and empty ones for what else is wanted.
 */
export function firstRows({
	evidence,
	missingEvidence,
}: Pick<WholeApplication, 'evidence' | 'missingEvidence'>): AskRow[] {
	const again = new Map<string, AskRow>();
	for (const { kind, state, check, refusal } of evidence) {
		if (check?.verdict !== 'again' && state !== 'refused') continue;
		const given = refusal === null ? (check?.reason ?? '') : '';
		const reason = isRequestReason(given) ? given : 'illegible';
		again.set(kind, { what: 'evidence', kind, reason, words: check?.words ?? '' });
	}
	const missing = missingEvidence.flatMap(({ oneOf: [kind] }): AskRow[] =>
		kind === undefined || again.has(kind) ? [] : [{ what: 'evidence', kind, reason: 'missing', words: '' }],
	);
	const empty = (what: AskRow['what']): AskRow => ({
		what,
		kind: '',
		reason: what === 'answer' ? 'to_understand' : 'missing',
		words: '',
	});
	return [
		...again.values(),
		...missing,
		...Array.from({ length: MORE_PAPERS }, () => empty('evidence')),
		...Array.from({ length: QUESTIONS }, () => empty('answer')),
	];
}
