import { type KeepingEvent, type KeepingMove, keepingMoves, type KeepingRules } from '#lib/domain/agreement/keeping.ts';
import { lapseBalance } from '#lib/domain/agreement/lapse.ts';
import { standing } from '#lib/domain/agreement/standing.ts';
import type { Day } from '#lib/domain/day.ts';
import { findAccountState } from '#lib/server/account/account-state.ts';
import { insertAgreementEvent } from '#lib/server/agreement/agreement.repository.ts';
import { selectEvents, type SignedRow } from '#lib/server/agreement/keeping.repository.ts';
import { moveAgreement } from '#lib/server/agreement/move-agreement.ts';
import { getSignedPlan, type SignedPlan } from '#lib/server/agreement/standing-plan.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { queueMessage } from '#lib/server/message/queue-message.ts';
import type { MessageTemplate } from '#lib/server/message/template.ts';

const SYSTEM = { kind: 'system', id: null } as const;

const TEMPLATE: Readonly<Record<KeepingEvent, MessageTemplate>> = {
	due_notice: 'instalment_due',
	missed: 'instalment_missed',
	cured: 'instalment_cured',
	lapsed: 'agreement_lapsed',
	completed: 'agreement_completed',
	settled_early: 'agreement_completed',
};

/**
 * Writes everything that is due about one locked plan: moves, events, audit, messages. Nothing goes against its holder while
 * the account is being checked, since a payment may be among what is in doubt.
 */
export async function keepPlan(
	trx: Trx,
	agreement: SignedRow,
	{ today, rules, at }: { today: Day; rules: KeepingRules; at: Date },
): Promise<void> {
	const signed = await getSignedPlan(trx, agreement);
	const written = { status: agreement.status, events: await selectEvents(trx, agreement.id) };
	const moves = keepingMoves(written, signed.plan, signed.payments, { today, rules });
	if (moves.some(({ event }) => event === 'missed' || event === 'lapsed')) {
		const account = await findAccountState(trx, agreement.accountId);
		if (!account || account.beingChecked) return;
	}
	for (const move of moves) await write(trx, agreement, { move, signed, at });
	for (const [template, move] of toTell(moves)) {
		const { id, cardholderId, accountId } = agreement;
		const dedupeKey = `${template} ${id} ${String(move.instalment ?? '')}`;
		await queueMessage(trx, { cardholderId, accountId, template, dedupeKey });
	}
}

async function write(
	trx: Trx,
	agreement: SignedRow,
	{ move, signed, at }: { move: KeepingMove; signed: SignedPlan; at: Date },
): Promise<void> {
	const { event, on, instalment, to } = move;
	const what = {
		agreementId: agreement.id,
		occurredOn: on,
		at,
		...(instalment === undefined ? {} : { instalment }),
		detail: detailOf(move, signed),
	};
	if (to) {
		const moved = await moveAgreement(trx, { ...what, to, event, actor: SYSTEM });
		if (!moved.ok) throw new Error(`a plan could not be ${event}: ${moved.refusal}`);
		return;
	}
	await insertAgreementEvent(trx, { ...what, kind: event });
	await appendAudit(trx, {
		actor: SYSTEM,
		action: `agreement.${event}`,
		subjectKind: 'agreement',
		subjectId: agreement.id,
		cardholderId: agreement.cardholderId,
		detail: { reference: agreement.reference, instalment: instalment ?? null },
	});
}

/** The figures of an end stand as they were that day, whatever comes in later. */
function detailOf({ event, on }: KeepingMove, { plan, payments }: SignedPlan): Record<string, number> {
	if (event === 'lapsed') {
		const { principal, interestDue, interestRunning, lateFeesReturned, interestReturned, total } = lapseBalance(
			plan,
			payments,
			on,
		);
		return { principal, interestDue, interestRunning, lateFeesReturned, interestReturned, total };
	}
	if (event !== 'completed' && event !== 'settled_early') return {};
	const { totalPaid, totalLeft, overPaid } = standing(plan, payments, on);
	return { paid: totalPaid, spared: totalLeft, overPaid };
}

/** One message of a kind is enough, the last that it is about. */
function toTell(moves: readonly KeepingMove[]): Map<MessageTemplate, KeepingMove> {
	return new Map(moves.filter(({ tell }) => tell).map((move) => [TEMPLATE[move.event], move]));
}
