import type { WholeApplication } from '#lib/server/application/read-application.ts';

/** The page on which a draft goes on: the first step that is not done. Papers can be left out, so they bar nothing later. */
export function nextPage({
	reason,
	evidence,
	quote,
	wantsOffer,
}: WholeApplication): '/hardship' | '/documents' | '/plans' | '/check' {
	if (reason === null) return '/hardship';
	if (quote || wantsOffer) return '/check';
	return evidence.length === 0 ? '/documents' : '/plans';
}
