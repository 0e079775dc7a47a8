import { contradictions } from '#lib/domain/account/contradiction.ts';
import type { AccountHistory } from '#lib/domain/account/history.ts';
import { type PolicyBook, policyBook } from '#lib/domain/account/policy-book.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import type { Day } from '#lib/domain/day.ts';
import type { PolicyRow } from '#lib/server/account/account.repository.ts';

/** A history that can be reckoned with, and the policy that it follows. */
export interface SoundHistory {
	readonly beingChecked: false;
	readonly history: AccountHistory;
	readonly timeline: PolicyTimeline;
}

/** A history of which something is wrong. */
export interface FaultyHistory {
	readonly beingChecked: true;
	readonly faults: readonly AccountFault[];
}

/** Why an account is being checked; `detail` is for staff and operators, in English, and holds no name or number. */
export interface AccountFault {
	readonly fault: 'row_refused' | 'unknown_policy' | 'bad_policy' | 'contradiction';
	readonly detail: string;
}

/** What the account's own row says towards judging its history. */
export interface HistoryFrame {
	readonly policyCode: string;
	readonly openedOn: Day;
	readonly refusedRows: readonly { readonly file: string; readonly line: number; readonly reason: string }[];
}

/** Whether a history can be reckoned with, and under which policy; if not, everything that is at fault. */
export function judgeHistory(
	history: AccountHistory,
	frame: HistoryFrame,
	policies: PolicyBook,
): SoundHistory | FaultyHistory {
	const found = policies.timelineOf(frame.policyCode, history.currency);
	const faults = faultsOf(frame, history);
	if (!found.ok) {
		const detail = `${frame.policyCode} for accounts in ${history.currency.code}`;
		return { beingChecked: true, faults: [...faults, { fault: found.problem, detail }] };
	}
	if (faults.length > 0) return { beingChecked: true, faults };
	return { beingChecked: false, history, timeline: found.timeline };
}

function faultsOf({ refusedRows, openedOn }: HistoryFrame, history: AccountHistory): AccountFault[] {
	return [
		...refusedRows.map(({ file, line, reason }): AccountFault => ({
			fault: 'row_refused',
			detail: `${file} line ${String(line)}: ${reason}`,
		})),
		...contradictions(history, openedOn).map(({ code, record, day = '' }): AccountFault => ({
			fault: 'contradiction',
			detail: `${record} of ${day}: ${code}`,
		})),
	];
}

/** The policies of the database by code. */
export function policyBookOf(versions: readonly PolicyRow[]): PolicyBook {
	const book = policyBook(versions.map((version) => ({ ...version.terms, ...version })));
	if (!book) throw new Error('the policies of the database are no list of policies');
	return book;
}
