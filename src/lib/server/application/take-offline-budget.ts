import { BUDGET_LINES } from '#lib/domain/application/budget.ts';
import { typedAtOf } from '#lib/domain/application/form-draft.ts';
import { keptUntil } from '#lib/domain/application/draft-keeping.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import { hasLivingAgreement } from '#lib/server/agreement/read-agreement.ts';
import {
	type Application,
	changeDraft,
	lockDraft,
	lockOrBeginDraft,
	type Owner,
	type TypedBudget,
} from '#lib/server/application/draft.ts';
import { readDraftRules } from '#lib/server/application/draft-rules.ts';
import {
	deleteSendingsBefore,
	findSending,
	insertSending,
} from '#lib/server/application/offline-sending.repository.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db, DbOrTrx } from '#lib/server/db/connect.ts';

const LONGEST_BUDGET_LINE = 40;

/** A budget as a device kept it while there was no network. */
export interface OfflineBudget {
	/** Made by the device when it was typed. */
	readonly id: string;
	readonly lines: TypedBudget;
	/** When, by the server's clock as the device knows it. */
	readonly typedAt: Date;
	/** The person has seen that there are newer figures, and wants these. */
	readonly overNewer: boolean;
}

/** `newer`: other figures were typed since, and the person is to be asked; `closed`: there is no draft that could take it. */
export type OfflineOutcome = 'taken' | 'newer' | 'closed';

/**
 * Takes the lines of a budget that was typed without a network into the owner's draft; lines left empty keep what they hold.
 * Once: what comes again, because its answer was lost, changes nothing, whatever was typed since.
 */
export async function takeOfflineBudget(
	db: Db,
	{ owner, budget, locale, at }: { owner: Owner; budget: OfflineBudget; locale: string; at: Date },
): Promise<OfflineOutcome> {
	const { id, overNewer } = budget;
	const typedAt = typedAtOf(budget.typedAt, at);
	const lines = typedLines(budget.lines);
	return db.transaction().execute(async (trx): Promise<OfflineOutcome> => {
		if (await findSending(trx, owner.cardholderId, id)) return 'taken';
		const open = await lockDraft(trx, owner);
		if (!open.ok && (open.refusal !== 'no_draft' || (await hasLivingAgreement(trx, { owner, at })))) return 'closed';
		const locked = await lockOrBeginDraft(trx, owner, { locale, at });
		if (!locked.ok) return 'closed';
		const { draft, begun } = locked;
		if (!overNewer && isOvertaken(draft, lines, typedAt)) return 'newer';
		// The lock lets one of two that come at once go first.
		if (!(await insertSending(trx, owner.cardholderId, id, at))) return 'taken';
		const change = { budget: { ...draft.budget, ...lines }, situationTypedAt: overNewer ? at : typedAt };
		await changeDraft(trx, draft, at, change);
		await appendAudit(trx, {
			actor: { kind: 'cardholder', id: owner.cardholderId },
			action: begun ? 'application.begun' : 'application.situation_saved',
			subjectKind: 'application',
			subjectId: draft.id,
			cardholderId: owner.cardholderId,
		});
		return 'taken';
	});
}

/** Forgets what arrived so long ago that no device brings it again; a job calls it every minute. */
export async function forgetOldSendings(db: DbOrTrx): Promise<void> {
	const { keptDays } = await readDraftRules(db);
	await deleteSendingsBefore(db, keptUntil(now(), -keptDays));
}

/** Whether other figures stand in the same lines that were typed later. */
function isOvertaken({ situationTypedAt, budget }: Application, lines: TypedBudget, typedAt: Date): boolean {
	if (situationTypedAt === null || situationTypedAt <= typedAt) return false;
	return Object.entries(lines).some(([line, text]) => (budget[line] ?? text) !== text);
}

function typedLines(typed: TypedBudget): TypedBudget {
	const lines = BUDGET_LINES.map((line) => [line, plainText(typed[line] ?? '').slice(0, LONGEST_BUDGET_LINE)] as const);
	return Object.fromEntries(lines.filter(([, text]) => text !== ''));
}
