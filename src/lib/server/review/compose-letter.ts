import type { Day } from '#lib/domain/day.ts';
import { canonicalText } from '#lib/domain/plan/canonical-text.ts';
import { type DeclineLetter, letterFor } from '#lib/domain/review/decline-letter.ts';
import { givenReason } from '#lib/domain/review/decision.ts';
import { objectionUntil } from '#lib/domain/review/objection.ts';
import { languageFor } from '#lib/messages/languages.ts';
import { dayText } from '#lib/messages/plain-format.ts';
import { sha256Hex } from '#lib/server/crypto/sha256.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { readObjectionRules } from '#lib/server/objection/objection-rules.ts';
import { findObjection } from '#lib/server/objection/read-objection.ts';
import { readDeclineTemplates } from '#lib/server/review/decline-rules.ts';

/** A letter as an agent sees it before it is sent, with the mark of its very text. */
export interface MarkedLetter extends DeclineLetter {
	readonly mark: string;
}

/**
 * The letter that goes with a decline made today, in the cardholder's language and by the templates in force, but for the agent's own
 * words; undefined where the reason cannot be given.
 */
export async function composeLetter(
	db: DbOrTrx,
	{
		applicationId,
		reason,
		locale,
		today,
	}: { applicationId: string; reason: string | null; locale: string; today: Day },
): Promise<MarkedLetter | undefined> {
	const templates = await readDeclineTemplates(db);
	const template = givenReason(templates.reasons, reason);
	if (!template) return undefined;
	const rules = await readObjectionRules(db);
	const isFinal = (await findObjection(db, applicationId)) !== undefined;
	const language = languageFor(locale);
	const { bankName: bank, bankPhone: phone } = env();
	const objectUntil = dayText(objectionUntil(today, rules), language);
	const parts = { bank, phone, objectUntil, answerDays: rules.answerWorkingDays };
	const letter = letterFor(template, { templates, language, isFinal, parts });
	return { ...letter, mark: sha256Hex(canonicalText([letter.code, letter.body, letter.object])).slice(0, 16) };
}
