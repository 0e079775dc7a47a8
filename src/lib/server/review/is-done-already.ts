import type { RequestForm } from '#lib/domain/application/information-request.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import type { DecisionForm } from '#lib/domain/review/decision.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findAskedBy } from '#lib/server/request/read-requests.ts';
import { findDecidedBy } from '#lib/server/review/decision.repository.ts';
import type { HeldReview } from '#lib/server/review/renew-lease.ts';
import { plainRequest } from '#lib/server/review/request-more.ts';

/**
 * Whether this very decision stands already: the same outcome and words by the same taking. So it is where its form is sent again
 * because the answer was lost on its way; what another tab decided otherwise is no such thing.
 */
export async function isDecidedAlready(
	db: DbOrTrx,
	{ outcome, reason, words, note, ...taking }: HeldReview & DecisionForm & { readonly note: string },
): Promise<boolean> {
	const decided = await findDecidedBy(db, taking);
	if (decided?.outcome !== outcome || (outcome === 'declined' && decided.reasonCode !== reason)) return false;
	return decided.words === plainText(words) && decided.note === plainText(note);
}

/** Whether this very request was sent already, by the same taking. */
export async function isAskedAlready(
	db: DbOrTrx,
	{ request, ...taking }: HeldReview & { readonly request: RequestForm },
): Promise<boolean> {
	const asked = await findAskedBy(db, taking);
	if (!asked) return false;
	const { items, dueOn, words } = plainRequest(request);
	const text = (some: RequestForm['items']) => JSON.stringify(some.map((item) => [item.kind, item.reason, item.words]));
	return asked.dueOn === dueOn && asked.words === words && text(asked.items) === text(items);
}
