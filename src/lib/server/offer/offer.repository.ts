import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** What came of an offer; null while it waits for the cardholder. */
export type OfferAnswer = 'accepted' | 'declined' | 'lapsed';

/** An offer of the bank as it is kept; `words` are the agent's to the cardholder, `answerWords` the cardholder's to the agent. */
export interface OfferRow {
	readonly id: string;
	readonly applicationId: string;
	readonly quoteId: string;
	readonly offeredAt: Date;
	readonly expiresAt: Date;
	readonly answer: OfferAnswer | null;
	readonly answerWords: string;
	readonly answeredAt: Date | null;
	readonly words: string;
}

export async function insertOffer(
	trx: Trx,
	offer: { applicationId: string; decisionId: string; quoteId: string; offeredAt: Date; expiresAt: Date },
): Promise<string> {
	const { id } = await trx
		.insertInto('counter_offer')
		.values({
			application_id: offer.applicationId,
			decision_id: offer.decisionId,
			quote_id: offer.quoteId,
			offered_at: offer.offeredAt,
			expires_at: offer.expiresAt,
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** Every offer made on an application, oldest first. Whose application it is, the caller has asked before. */
export async function selectOffers(db: DbOrTrx, applicationId: string): Promise<OfferRow[]> {
	return offers(db).where('c.application_id', '=', applicationId).orderBy('c.offered_at').orderBy('c.id').execute();
}

/** The offer that waits for an answer, locked; the application is locked first. */
export async function lockWaitingOffer(trx: Trx, applicationId: string): Promise<OfferRow | undefined> {
	return offers(trx)
		.where('c.application_id', '=', applicationId)
		.where('c.answer', 'is', null)
		.forUpdate(['c'])
		.executeTakeFirst();
}

/** Writes the answer of a locked offer that waits for one. */
export async function saveAnswer(
	trx: Trx,
	answered: { offerId: string; answer: OfferAnswer; words?: string; confirmationId?: string; at: Date },
): Promise<void> {
	await trx
		.updateTable('counter_offer')
		.set({
			answer: answered.answer,
			answer_words: answered.words ?? '',
			answered_at: answered.at,
			confirmation_id: answered.confirmationId ?? null,
		})
		.where('id', '=', answered.offerId)
		.where('answer', 'is', null)
		.execute();
}

/** The applications whose offer ran out unanswered, the longest first; so many. */
export async function listOverdueOffers(db: DbOrTrx, at: Date, most: number): Promise<string[]> {
	const rows = await db
		.selectFrom('counter_offer')
		.select('application_id')
		.where('answer', 'is', null)
		.where('expires_at', '<=', at)
		.orderBy('expires_at')
		.limit(most)
		.execute();
	return rows.map(({ application_id }) => application_id);
}

function offers(db: DbOrTrx) {
	return db
		.selectFrom('counter_offer as c')
		.innerJoin('decision as d', 'd.id', 'c.decision_id')
		.select([
			'c.id',
			'c.application_id as applicationId',
			'c.quote_id as quoteId',
			'c.offered_at as offeredAt',
			'c.expires_at as expiresAt',
			'c.answer',
			'c.answer_words as answerWords',
			'c.answered_at as answeredAt',
			'd.words',
		]);
}
