import { plainText } from '#lib/domain/plain-text.ts';
import { type PageVerdict, TOLD_AFTER_MINUTES, verdictProblem } from '#lib/domain/review/page-check.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { writeCheck } from '#lib/server/evidence/judge-page.ts';
import { queueMessage } from '#lib/server/message/queue-message.ts';
import { countDropped } from '#lib/server/review/case.repository.ts';
import { type HeldPage, holdPage, type PageRefusal } from '#lib/server/review/hold-page.ts';

export type CheckRefusal = PageRefusal | NonNullable<ReturnType<typeof verdictProblem>>;

/**
 * Accepts a page, or asks the cardholder for it again. It changes nothing that a decision is compared with: the holder's form
 * stays good until the cardholder sends another page. Of several pages asked for in one sitting the cardholder hears once, a few
 * minutes after the first, and not at all where each was taken back by then.
 */
export async function checkPage(
	db: Db,
	{ verdict, reason, words: typed, ...held }: HeldPage & PageVerdict,
): Promise<{ ok: true } | { ok: false; refusal: CheckRefusal }> {
	const isAgain = verdict === 'again';
	const check = { verdict, reason: isAgain ? reason : null, words: isAgain ? plainText(typed) : '' };
	const problem = verdictProblem(check);
	if (problem) return { ok: false, refusal: problem };
	return db.transaction().execute(async (trx) => {
		const holding = await holdPage(trx, held);
		if (!holding.ok) return holding;
		const { review, page, at } = holding;
		const { staffId, fence } = held;
		await writeCheck(trx, page, { by: { staffId, fence }, check: { ...check, at } });
		if (isAgain) {
			const { applicationId, accountId, cardholderId } = review;
			// One that was dropped, because all had been taken back, tells of nothing that is asked for now.
			const dropped = await countDropped(trx, applicationId, 'page_again');
			const dedupeKey = `page_again:${applicationId}:${String(fence)}:${String(dropped)}`;
			const after = new Date(at.getTime() + TOLD_AFTER_MINUTES * 60_000);
			const about = { cardholderId, accountId, applicationId };
			await queueMessage(trx, { ...about, template: 'page_again', dedupeKey, after });
		}
		return { ok: true };
	});
}
