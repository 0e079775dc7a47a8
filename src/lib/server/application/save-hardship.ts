import { BUDGET_LINES, type BudgetProblem, readBudget } from '#lib/domain/application/budget.ts';
import { typedAtOf } from '#lib/domain/application/form-draft.ts';
import { isReason } from '#lib/domain/application/reason.ts';
import { listAccountsOf } from '#lib/server/account/account-state.ts';
import { hasLivingAgreement } from '#lib/server/agreement/read-agreement.ts';
import {
	type Application,
	changeDraft,
	type DraftChange,
	type DraftRefusal,
	lockDraft,
	lockOrBeginDraft,
	type Owner,
	type TypedBudget,
} from '#lib/server/application/draft.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** The form as it was typed; `budget` holds whatever lines came, by their codes. */
export interface HardshipForm {
	readonly reason: string;
	readonly circumstances: string;
	readonly budget: TypedBudget;
	/** When it was typed, by the server's clock as the page knows it; as it came where that is not said. */
	readonly typedAt?: Date;
}

/** The longest that somebody's own words can be, in characters. */
export const LONGEST_CIRCUMSTANCES = 2000;
const LONGEST_BUDGET_LINE = 40;

/** What is wrong with the form, by field; a budget line is a field of its own name. */
export type HardshipProblem =
	| { readonly field: 'reason'; readonly problem: 'missing' }
	| { readonly field: 'circumstances'; readonly problem: 'too_long' }
	| { readonly field: BudgetProblem['line']; readonly problem: BudgetProblem['problem'] };

/** Why the situation is not kept: beside the draft's own reasons there is an agreement already. */
export type SaveRefusal = DraftRefusal | 'agreement_alive';

/**
 * Keeps the situation in the owner's draft, begun where there is none. What can be kept is kept also where something
 * is wrong: problems are returned beside it, and a budget line that cannot be read stays as it was typed. What was typed before
 * that which is kept, and was overtaken on its way, changes nothing.
 */
export async function saveHardship(
	db: Db,
	{ owner, form, locale, at }: { owner: Owner; form: HardshipForm; locale: string; at: Date },
): Promise<
	{ ok: true; applicationId: string; problems: readonly HardshipProblem[] } | { ok: false; refusal: SaveRefusal }
> {
	const account = (await listAccountsOf(db, owner.cardholderId)).find(({ accountId }) => accountId === owner.accountId);
	if (!account) return { ok: false, refusal: 'no_draft' };
	const reason = isReason(form.reason) ? form.reason : undefined;
	const circumstances = plain(form.circumstances);
	const isTooLong = [...circumstances].length > LONGEST_CIRCUMSTANCES;
	const budget = typedBudget(form.budget);
	const read = readBudget(budget, account.currency);
	const typedAt = typedAtOf(form.typedAt ?? at, at);
	return db.transaction().execute(async (trx) => {
		const open = await lockDraft(trx, owner);
		// One plan at a time: the next application begins once the agreement of the last one has ended.
		if (!open.ok && open.refusal === 'no_draft' && (await hasLivingAgreement(trx, { owner, at }))) {
			return { ok: false, refusal: 'agreement_alive' };
		}
		const locked = await lockOrBeginDraft(trx, owner, { locale, at });
		if (!locked.ok) return locked;
		const { draft, begun } = locked;
		const change = { ...(reason && { reason }), ...(!isTooLong && { circumstances }), budget, locale };
		const isOvertaken = draft.situationTypedAt !== null && draft.situationTypedAt > typedAt;
		// A form that is saved as it is typed often brings what is kept already.
		if (begun || (!isOvertaken && !holds(draft, change))) {
			await changeDraft(trx, draft, at, { ...change, situationTypedAt: typedAt });
			await appendAudit(trx, {
				actor: { kind: 'cardholder', id: owner.cardholderId },
				action: begun ? 'application.begun' : 'application.situation_saved',
				subjectKind: 'application',
				subjectId: draft.id,
				cardholderId: owner.cardholderId,
			});
		}
		const problems: HardshipProblem[] = [];
		if (!reason && !draft.reason) problems.push({ field: 'reason', problem: 'missing' });
		if (isTooLong) problems.push({ field: 'circumstances', problem: 'too_long' });
		if (!read.ok) problems.push(...read.problems.map(({ line, problem }) => ({ field: line, problem })));
		return { ok: true, applicationId: draft.id, problems };
	});
}

/** Whether a draft holds all that a change would write. */
function holds(draft: Application, { budget, ...rest }: DraftChange & { budget: TypedBudget }): boolean {
	const kept = draft.budget ?? {};
	const isSameBudget = BUDGET_LINES.every((line) => kept[line] === budget[line]);
	return isSameBudget && Object.entries(rest).every(([field, value]) => draft[field as keyof Application] === value);
}

/** The lines that were typed, cut to what a person can mean; empty ones are left out. */
function typedBudget(typed: TypedBudget): TypedBudget {
	const lines = BUDGET_LINES.map(
		(line) => [line, plain(Object.hasOwn(typed, line) ? (typed[line] ?? '') : '')] as const,
	);
	const filled = lines
		.filter(([, text]) => text !== '')
		.map(([line, text]) => [line, text.slice(0, LONGEST_BUDGET_LINE)]);
	return Object.fromEntries(filled) as TypedBudget;
}

/** Text as the database can hold it: one kind of line end, no control characters, no half of a character. */
function plain(text: string): string {
	return text
		.toWellFormed()
		.replace(/\r\n?/g, '\n')
		.replace(/[^\P{Cc}\n\t]/gu, '')
		.trim();
}
