import * as v from 'valibot';
import { type DeclineTemplates, PARTS_OF, placeholdersOf } from '#lib/domain/review/decline-letter.ts';
import { nearestLanguage } from '#lib/domain/language.ts';
import { languages } from '#lib/messages/languages.ts';
import type { Words } from '#lib/domain/words.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findDeskSetting } from '#lib/server/review/setting.repository.ts';

/** A text that every reader of the portal has in their tongue, whose braces name nothing but these parts. */
const words = (parts: readonly string[], most: number) => {
	const text = v.pipe(
		v.string(),
		v.trim(),
		v.nonEmpty(),
		v.maxLength(most),
		v.check((given) => placeholdersOf(given).every((name) => parts.includes(name)), 'an unknown placeholder'),
	);
	return v.pipe(
		v.record(v.picklist(languages()), text),
		v.check((given) => languages().every((each) => nearestLanguage(Object.keys(given), each)), 'a language is missing'),
	);
};
const LINE = 120;
const LETTER = 800;

const reason = v.strictObject({
	code: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{0,39}$/)),
	name: words([], LINE),
	reason: words([], LINE),
	letter: v.optional(words(PARTS_OF.letter, LETTER)),
	isRetired: v.optional(v.boolean()),
});
/** What the setting has to be like, for whoever changes it too. */
export const declineSchema = v.strictObject({
	reasons: v.pipe(
		v.array(reason),
		v.check((reasons) => new Set(reasons.map(({ code }) => code)).size === reasons.length, 'a code stands twice'),
		v.check((reasons) => reasons.some(({ isRetired }) => isRetired !== true), 'no reason can be given'),
	),
	object: v.pipe(
		words(PARTS_OF.object, LETTER),
		v.check(
			(object) => Object.values(object).every((text) => placeholdersOf(text).includes('objectUntil')),
			'the way to object does not name its last day',
		),
	),
	final: words(PARTS_OF.final, LETTER),
	phoneElse: words([], LINE),
});

/** Reads the setting `decline_letters` as it stands in the database. Throws where it makes no sense. */
export function parseDeclineTemplates(setting: unknown): DeclineTemplates {
	return v.parse(declineSchema, setting);
}

/**
 * Why applications are declined and what their cardholders read; the setting `decline_letters`. Throws where it is missing, lacks a
 * language or names what no letter may hold: nothing is sent that nobody wrote.
 */
export async function readDeclineTemplates(db: DbOrTrx): Promise<DeclineTemplates> {
	return parseDeclineTemplates(await findDeskSetting(db, 'decline_letters'));
}

/** How the desk names every reason that was ever given, by its code. */
export async function readDeclineNames(db: DbOrTrx): Promise<Readonly<Record<string, Words>>> {
	const { reasons } = await readDeclineTemplates(db);
	return Object.fromEntries(reasons.map(({ code, name }) => [code, name]));
}
