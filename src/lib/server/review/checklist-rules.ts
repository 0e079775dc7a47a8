import * as v from 'valibot';
import { REASONS, type Reason } from '#lib/domain/application/reason.ts';
import { canonicalText, type Json } from '#lib/domain/plan/canonical-text.ts';
import { type CheckItem, checksFor, type MarkedCheck } from '#lib/domain/review/checklist.ts';
import { BASE_LANGUAGE } from '#lib/domain/language.ts';
import { languages } from '#lib/messages/languages.ts';
import { sha256Hex } from '#lib/server/crypto/sha256.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findDeskSetting } from '#lib/server/review/setting.repository.ts';

/** Long enough that two wordings do not share one. */
const MARK_LENGTH = 16;

const item = v.strictObject({
	code: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{0,39}$/)),
	words: v.pipe(
		v.record(v.picklist(languages()), v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(200))),
		v.check((words) => words[BASE_LANGUAGE] !== undefined, 'the base language is missing'),
	),
	reasons: v.optional(v.pipe(v.array(v.picklist(REASONS)), v.minLength(1))),
	needed: v.boolean(),
});
/** What the setting has to be like, for whoever changes it too. */
export const checklistSchema = v.strictObject({
	items: v.pipe(
		v.array(item),
		v.maxLength(30),
		v.check((items) => new Set(items.map(({ code }) => code)).size === items.length, 'a code stands twice'),
		v.check(
			(items) => REASONS.every((reason) => checksFor(items as CheckItem[], reason).some(({ needed }) => needed)),
			'a reason would be approved with nothing checked',
		),
	),
});

/** Reads the setting `checks` as it stands in the database. Throws where it makes no sense. */
export function parseChecklist(setting: unknown): readonly CheckItem[] {
	return v.parse(checklistSchema, setting).items as readonly CheckItem[];
}

/**
 * What an agent checks of an application with a reason, by the setting `checks`, each with the mark of its wording. Throws where the
 * setting is missing or makes no sense: nothing is approved by a list that nobody wrote.
 */
export async function readChecksFor(db: DbOrTrx, reason: Reason | null): Promise<MarkedCheck[]> {
	const items = checksFor(parseChecklist(await findDeskSetting(db, 'checks')), reason);
	return items.map((each) => ({ ...each, mark: markOf(each) }));
}

function markOf(check: CheckItem): string {
	return sha256Hex(canonicalText(JSON.parse(JSON.stringify(check)) as Json)).slice(0, MARK_LENGTH);
}
