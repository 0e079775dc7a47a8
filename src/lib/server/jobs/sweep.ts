import { removeOldAccessRows } from '#lib/server/access/remove-old-rows.ts';
import { expireOffers, keepAgreements } from '#lib/server/agreement/keep-agreements.ts';
import { expireDrafts } from '#lib/server/application/expire-drafts.ts';
import { forgetOldSendings } from '#lib/server/application/take-offline-budget.ts';
import { sealAudit } from '#lib/server/audit/seal-audit.ts';
import { now, today } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { listForgotten } from '#lib/server/evidence/list-forgotten.ts';
import { sendDeliverMessage, sendPrepareEvidence } from '#lib/server/jobs/send-job.ts';
import { removeOldDrafts } from '#lib/server/form-draft/remove-old-drafts.ts';
import { removeOldForms } from '#lib/server/kept-form/remove-old-forms.ts';
import { listDue } from '#lib/server/message/list-due.ts';
import { lapseCounterOffers } from '#lib/server/offer/lapse-counter-offers.ts';
import { removeOldPasskeyChallenges } from '#lib/server/passkey/remove-old-challenges.ts';
import { lapseRequests } from '#lib/server/request/lapse-requests.ts';
import { endHolds } from '#lib/server/review/end-holds.ts';
import { removeExpiredSessions } from '#lib/server/session/end-session.ts';

const MOST_AT_ONCE = 1_000;

/**
 * What is done every minute: a job for each message whose time has come (those put off to the morning, those whose job was
 * lost; one that has its job keeps it), one for each page that nobody has looked into, offers to sign that are over, signed plans to look after, what was asked for and did not come, the seals of
 * the audit log, and the end of rows that are over.
 */
export async function sweep(db: Db): Promise<void> {
	const at = now();
	for (const { id, justAskedFor } of await listDue(db, at, MOST_AT_ONCE)) {
		await sendDeliverMessage(db, id, { startAfter: at, urgent: justAskedFor });
	}
	for (const evidenceId of await listForgotten(db, at, MOST_AT_ONCE)) await sendPrepareEvidence(db, evidenceId);
	await expireOffers(db, { today: today(), at });
	await keepAgreements(db, { today: today() });
	await lapseCounterOffers(db);
	await lapseRequests(db);
	await endHolds(db);
	await expireDrafts(db);
	await sealAudit(db);
	await removeExpiredSessions(db);
	await removeOldForms(db);
	await removeOldDrafts(db);
	await forgetOldSendings(db);
	await removeOldAccessRows(db);
	await removeOldPasskeyChallenges(db);
}
