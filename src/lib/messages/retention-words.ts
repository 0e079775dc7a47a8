import type { KeptUntil, Outcome, Purpose } from '#lib/domain/application/retention.ts';
import type { Status } from '#lib/domain/application/status.ts';
import type { Day } from '#lib/domain/day.ts';
import { dayText } from '#lib/messages/format.ts';
import * as m from '#lib/paraglide/messages.js';
import type { EvidenceRemoval } from '#lib/server/db/tables/application.ts';
import type { OwnWordKind, WordsErasure } from '#lib/server/free-words/read-erasures.ts';

/** What papers of a purpose are about. */
export function purposeText(purpose: Purpose): string {
	return PURPOSES[purpose]();
}

const PURPOSES: Readonly<Record<Purpose, () => string>> = {
	reason: m.retention_for_reason,
	income: m.retention_for_income,
	other: m.retention_for_other,
};

/** Why they are kept, by where the application stands. */
export function whyText(status: Status): string {
	return WHY[status]();
}

const WHY: Readonly<Record<Status, () => string>> = {
	draft: m.retention_why_draft,
	submitted: m.retention_why_review,
	in_review: m.retention_why_review,
	more_requested: m.retention_why_review,
	counter_offered: m.retention_why_review,
	approved: m.retention_why_approved,
	declined: m.retention_why_declined,
	withdrawn: m.retention_why_withdrawn,
};

/** Until when they are kept; `draftTo` is the day on which a draft ends. */
export function untilText(until: KeptUntil, draftTo: Day | null): string {
	switch (until.by) {
		case 'day':
			return m.retention_until_day({ day: dayText(until.lastDay) });
		case 'agreement':
			return m.retention_until_agreement({ term: termText(until.days) });
		case 'review': {
			const { approved, declined, withdrawn } = until.days;
			return m.retention_until_review({
				approved: termText(approved),
				declined: termText(declined),
				withdrawn: termText(withdrawn),
			});
		}
		case 'draft': {
			const day = draftTo === null ? '' : dayText(draftTo);
			return until.days === 0
				? m.retention_until_draft({ day })
				: m.retention_until_draft_longer({ day, term: termText(until.days) });
		}
	}
}

/** So many days as a person says them: whole years as years. */
function termText(days: number): string {
	return days > 0 && days % 365 === 0 ? m.retention_years({ count: days / 365 }) : m.retention_days({ count: days });
}

/** Why a page is not kept any more. */
export function erasedText(why: EvidenceRemoval): string {
	return ERASED[why]();
}

const ERASED: Readonly<Record<EvidenceRemoval, () => string>> = {
	by_cardholder: m.retention_erased_by_cardholder,
	replaced: m.retention_erased_replaced,
	consent_withdrawn: m.retention_erased_consent_withdrawn,
	draft_expired: m.retention_erased_draft_expired,
	retention: m.retention_erased_retention,
};

/** What free words of a kind were, to the cardholder. */
export function ownWordsName(kind: OwnWordKind): string {
	return OWN_WORDS[kind]();
}

const OWN_WORDS: Readonly<Record<OwnWordKind, () => string>> = {
	situation: m.retention_words_situation,
	asked: m.retention_words_asked,
	offer_answer: m.retention_words_offer_answer,
	objection: m.retention_words_objection,
	decision: m.retention_words_decision,
};

/** What stands in the place of words that were erased: when, and by which rule. */
export function wordsErasedText({ outcome, erasedOn, keptDays }: WordsErasure): string {
	return WORDS_ERASED[outcome]({ day: dayText(erasedOn), term: termText(keptDays) });
}

const WORDS_ERASED: Readonly<Record<Outcome, (parts: { day: string; term: string }) => string>> = {
	approved: m.retention_words_approved,
	declined: m.retention_words_declined,
	withdrawn: m.retention_words_withdrawn,
	expired_draft: m.retention_words_draft,
};

/** What taking the consent back means for the application, by where it stands. */
export function withdrawalText(status: Status): string {
	return WITHDRAWAL[status]();
}

const WITHDRAWAL: Readonly<Record<Status, () => string>> = {
	draft: m.retention_withdraw_draft,
	submitted: m.retention_withdraw_review,
	in_review: m.retention_withdraw_review,
	more_requested: m.retention_withdraw_review,
	counter_offered: m.retention_withdraw_offered,
	approved: m.retention_withdraw_approved,
	declined: m.retention_withdraw_declined,
	withdrawn: m.retention_withdraw_withdrawn,
};
