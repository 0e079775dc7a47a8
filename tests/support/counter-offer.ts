import { findAccountState } from '#lib/server/account/account-state.ts';
import type { Owner } from '#lib/server/application/draft.ts';
import { findWholeApplication } from '#lib/server/application/read-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { findConfirmationCode } from '#lib/server/confirmation/current-code.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { listEvidence } from '#lib/server/evidence/list-evidence.ts';
import type { ReadOffer } from '#lib/server/offer/read-offers.ts';
import { sendOfferCode } from '#lib/server/offer/send-offer-code.ts';
import { type OfferPick, workOutOffer } from '#lib/server/offer/work-out-offer.ts';
import { termsHash } from '#lib/server/plan/record-quote.ts';
import type { DecisionOrder } from '#lib/server/review/decide-application.ts';
import { CHECKS, checksSeen } from './checks.ts';
import { confirmedSession } from './staff.ts';

/** Twice as long as the cases in hand ask for. */
export const LONGER: OfferPick = {
	productCode: 'personal-instalments',
	productVersion: 1,
	choice: { instalments: 24, deferralMonths: 0 },
	firstDueDate: null,
};

/** The order that the agent's page would send for a counter-offer on what stands now. */
export async function offerOrder(
	db: Db,
	{
		applicationId,
		accountId,
		staffId,
		fence,
	}: { applicationId: string; accountId: string; staffId: string; fence: number },
	pick: OfferPick = LONGER,
): Promise<DecisionOrder> {
	const state = await findAccountState(db, accountId);
	if (!state) throw new Error('no account');
	const { version, reason } = await db
		.selectFrom('application')
		.select(['version', 'reason'])
		.where('id', '=', applicationId)
		.executeTakeFirstOrThrow();
	const made = await workOutOffer(db, { state, pick, reason: reason as 'other' | null, today: today() });
	const evidence = (await listEvidence(db, applicationId)).map(({ id }) => id);
	return {
		staffId,
		sessionId: await confirmedSession(db, staffId),
		applicationId,
		fence,
		outcome: 'counter_offered',
		reason: null,
		words: '这个方案每月少还一些。',
		note: 'A longer term fits the budget.',
		checked: CHECKS,
		checksSeen: await checksSeen(db, applicationId),
		seen: { version, postingMark: state.postingMark, evidence },
		offer: { ...pick, termsHash: made.ok ? termsHash(made.quote).toString('hex') : '0'.repeat(64) },
	};
}

/** The offer that waits for its cardholder. */
export async function waitingOffer(db: Db, owner: Owner): Promise<ReadOffer> {
	const offer = (await findWholeApplication(db, owner))?.offers.find(({ answer }) => answer === null);
	if (!offer) throw new Error('no offer waits');
	return offer;
}

/** Asks for the code of an offer and reads it, as the cardholder would from their phone. */
export async function codeFor(db: Db, owner: Owner, offer: ReadOffer): Promise<string> {
	const shown = { owner, offerId: offer.id, termsHash: offer.quote.termsHash, at: now() };
	const sent = await sendOfferCode(db, shown);
	if (!sent.ok) throw new Error(sent.refusal);
	const { id } = await db
		.selectFrom('confirmation')
		.select('id')
		.where('subject_id', '=', offer.id)
		.orderBy('created_at', 'desc')
		.executeTakeFirstOrThrow();
	const found = await findConfirmationCode(db, id, now());
	if (!found) throw new Error('no code');
	return found.code;
}
