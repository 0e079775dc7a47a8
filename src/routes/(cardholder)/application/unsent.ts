import type { Owner } from '#lib/server/application/draft.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findDraft } from '#lib/server/form-draft/find-draft.ts';

/** What was typed into the page's forms, on whichever device, and not sent; undefined where nothing was. */
export interface Unsent {
	/** Answers by the position of their question. */
	readonly typed: Readonly<Record<number, string>> | undefined;
	readonly words: string | undefined;
	readonly objection: string | undefined;
}

/** Reads it for what the page shows: the request that is open, the offer that waits, the application. */
export async function readUnsent(
	db: DbOrTrx,
	owner: Owner,
	shown: { applicationId: string; offerId: string | undefined; requestId: string | undefined },
): Promise<Unsent> {
	const { applicationId, offerId, requestId } = shown;
	const answers = requestId ? await findDraft(db, owner, { form: 'answer', subjectId: requestId }) : {};
	const decline = offerId ? await findDraft(db, owner, { form: 'decline', subjectId: offerId }) : {};
	const objection = await findDraft(db, owner, { form: 'objection', subjectId: applicationId });
	const typed = Object.entries(answers).map(([name, text]) => [Number(name.replace('answer_', '')), text] as const);
	return {
		typed: typed.length > 0 ? Object.fromEntries(typed) : undefined,
		words: decline['words'] || undefined,
		objection: objection['objection'] || undefined,
	};
}
