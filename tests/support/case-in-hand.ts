import type { Db } from '#lib/server/db/connect.ts';
import { findAccountState } from '#lib/server/account/account-state.ts';
import { now } from '#lib/server/clock.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import type { DecisionOrder } from '#lib/server/review/decide-application.ts';
import { CHECKS, checksSeen } from './checks.ts';
import { confirmedSession, makeStaff } from './staff.ts';
import { type Applied, makeSubmittedApplication } from './submitted-application.ts';

let made = 0;

/** Somebody's application in the hands of an agent. */
export interface Held extends Applied {
	readonly staffId: string;
	readonly order: DecisionOrder;
}

/** An application in the hands of an agent, and the approval that their page would send. */
export async function inHand(db: Db): Promise<Held> {
	await db.updateTable('review').set({ closed_at: now() }).where('closed_at', 'is', null).execute();
	const applied = await makeSubmittedApplication(db, ++made);
	const staffId = await makeStaff(db, `agent-${String(made)}`);
	const claim = await claimNext(db, { staffId });
	const { version } = await db
		.selectFrom('application')
		.select('version')
		.where('id', '=', applied.applicationId)
		.executeTakeFirstOrThrow();
	const account = await findAccountState(db, applied.accountId);
	const order: DecisionOrder = {
		staffId,
		sessionId: await confirmedSession(db, staffId),
		applicationId: applied.applicationId,
		fence: claim?.fence ?? 0,
		outcome: 'approved',
		reason: null,
		words: '我们同意您的分期方案。',
		note: 'Payslips fit.',
		checked: CHECKS,
		checksSeen: await checksSeen(db, applied.applicationId),
		seen: { version, postingMark: account?.postingMark ?? 0, evidence: [] },
	};
	return { ...applied, staffId, order };
}

/** Everything that a decision would have written. */
export async function tracesOf(db: Db, { applicationId }: Applied) {
	const application = await db
		.selectFrom('application')
		.select(['status', 'decided_at'])
		.where('id', '=', applicationId)
		.executeTakeFirstOrThrow();
	const review = await db
		.selectFrom('review')
		.select('closed_at')
		.where('application_id', '=', applicationId)
		.executeTakeFirstOrThrow();
	const decisions = await db.selectFrom('decision').selectAll().where('application_id', '=', applicationId).execute();
	const messages = await db
		.selectFrom('outbox_message')
		.select('template')
		.where('application_id', '=', applicationId)
		.where('template', 'in', ['application_approved', 'application_declined'])
		.execute();
	const audit = await db
		.selectFrom('audit_log')
		.select('action')
		.where('subject_id', '=', applicationId)
		.where('action', '=', 'application.decided')
		.execute();
	return {
		status: application.status,
		isDecided: application.decided_at !== null,
		isClosed: review.closed_at !== null,
		outcomes: decisions.map(({ outcome }) => outcome),
		messages: messages.map(({ template }) => template),
		audited: audit.length,
	};
}

/** What stands where nothing was decided. */
export const UNDECIDED = {
	status: 'in_review',
	isDecided: false,
	isClosed: false,
	outcomes: [],
	messages: [],
	audited: 0,
};
