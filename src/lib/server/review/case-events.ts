import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { listDeeds, listMessagesAbout } from '#lib/server/review/case.repository.ts';

/** What happened to an application, for its timeline; words for each stand in messages. */
export type CaseEventKind =
	| 'submitted'
	| 'taken'
	| 'put_back'
	| 'recalled'
	| 'assigned'
	| 'unassigned'
	| 'proposed'
	| 'seconded'
	| 'returned'
	| 'overruled'
	| 'outdated'
	| 'approved'
	| 'declined'
	| 'objected'
	| 'withdrawn'
	| 'consent_withdrawn'
	| 'offer_made'
	| 'offer_accepted'
	| 'offer_declined'
	| 'offer_lapsed'
	| 'offer_overtaken'
	| 'more_asked'
	| 'more_answered'
	| 'more_lapsed'
	| 'referred'
	| 'hold_set'
	| 'hold_ended'
	| 'message_queued'
	| 'message_sent';

/** One event; `staffName` where somebody of the staff did it. */
export interface CaseEvent {
	readonly kind: CaseEventKind;
	readonly at: Date;
	readonly staffName: string | null;
}

const KINDS: Readonly<Record<string, CaseEventKind>> = {
	'counter_offer.made': 'offer_made',
	'counter_offer.accepted': 'offer_accepted',
	'counter_offer.declined': 'offer_declined',
	'counter_offer.lapsed': 'offer_lapsed',
	'counter_offer.overtaken': 'offer_overtaken',
	'request.asked': 'more_asked',
	'request.answered': 'more_answered',
	'request.lapsed': 'more_lapsed',
	'review.referred': 'referred',
	'contact_hold.set': 'hold_set',
	'contact_hold.ended': 'hold_ended',
	'application.moved_to_approved': 'approved',
	'application.moved_to_declined': 'declined',
	'application.moved_to_withdrawn': 'withdrawn',
	'application.sensitive_consent_withdrawn': 'consent_withdrawn',
	'objection.made': 'objected',
	'review.taken': 'taken',
	'review.put_back': 'put_back',
	'review.recalled': 'recalled',
	'review.assigned': 'assigned',
	'review.unassigned': 'unassigned',
	'approval.proposed': 'proposed',
	'approval.given': 'seconded',
	'approval.returned': 'returned',
	'approval.overruled': 'overruled',
	'approval.changed': 'outdated',
};

/** Accepting an offer approves, and letting it lapse withdraws: those stand there by their own names. */
const BY: Readonly<Partial<Record<CaseEventKind, string>>> = { approved: 'staff', withdrawn: 'cardholder' };

/** Everything that happened to an application since it was submitted, the oldest first. */
export async function listCaseEvents(
	db: DbOrTrx,
	{ applicationId, submittedAt }: { applicationId: string; submittedAt: Date | null },
): Promise<CaseEvent[]> {
	const deeds = await listDeeds(db, applicationId, Object.keys(KINDS));
	const messages = await listMessagesAbout(db, applicationId);
	const events: CaseEvent[] = [
		...(submittedAt ? [{ kind: 'submitted' as const, at: submittedAt, staffName: null }] : []),
		...deeds.flatMap(({ action, at, actorKind, staffName }) => {
			const kind = KINDS[action];
			const isToldAlready = kind !== undefined && BY[kind] !== undefined && BY[kind] !== actorKind;
			// A draft's consent came and went before there was anything to review.
			const isOfDraft = kind === 'consent_withdrawn' && (submittedAt === null || at < submittedAt);
			return kind && !isToldAlready && !isOfDraft ? [{ kind, at, staffName }] : [];
		}),
		...messages.map(({ at, handedOverAt }): CaseEvent =>
			handedOverAt
				? { kind: 'message_sent', at: handedOverAt, staffName: null }
				: { kind: 'message_queued', at, staffName: null },
		),
	];
	return events.sort((a, b) => a.at.getTime() - b.at.getTime());
}
