import { MOST_ITEMS } from '#lib/domain/application/information-request.ts';

/**
 * The forms whose words have no place of their own until they are sent. Ticks of consent are in none: consent is given with the
 * deed that it is for, and one kept from before would be nobody's.
 */
export const DRAFT_FORMS = ['answer', 'decline', 'objection', 'plans'] as const;

export type DraftForm = (typeof DRAFT_FORMS)[number];

/** What was typed, by the names of the fields. */
export type DraftFields = Readonly<Record<string, string>>;

/** Longer than any of the fields may be when it is sent: what is too long is kept too, to be shortened. */
export const LONGEST_DRAFT_FIELD = 5_000;
const MOST_FIELDS = 60;

const ANSWERS = new Set(Array.from({ length: MOST_ITEMS }, (_, index) => `answer_${String(index + 1)}`));

const IS_FIELD: Readonly<Record<DraftForm, (name: string) => boolean>> = {
	answer: (name) => ANSWERS.has(name),
	decline: (name) => name === 'words',
	objection: (name) => name === 'objection',
	plans: (name) => /^(monthly|first|[nd]\.[a-z0-9-]{1,64})$/.test(name),
};

export function isDraftForm(text: string): text is DraftForm {
	return (DRAFT_FORMS as readonly string[]).includes(text);
}

/** Of what a form sent, what is kept of it, word for word; undefined where a field is longer than any may be. */
export function draftFields(form: DraftForm, sent: Iterable<readonly [string, string]>): DraftFields | undefined {
	const fields: [string, string][] = [];
	for (const [name, text] of sent) {
		if (!IS_FIELD[form](name) || fields.length >= MOST_FIELDS) continue;
		if (text.length > LONGEST_DRAFT_FIELD) return undefined;
		fields.push([name, text.toWellFormed().replaceAll('\0', '')]);
	}
	return Object.fromEntries(fields);
}

/** When it was typed by the server's clock: a page whose clock runs ahead typed it now at the latest. */
export function typedAtOf(said: Date, now: Date): Date {
	return said < now ? said : now;
}
