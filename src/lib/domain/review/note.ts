import { plainText } from '#lib/domain/plain-text.ts';

/** The longest note of staff on a case, in characters; the database holds to it too. */
export const LONGEST_NOTE = 2_000;

/** For what deed a note was left; codes are stored and never change. */
export type LeftFor = 'put_back' | 'sent_back' | 'referred' | 'reminders_held' | 'more_asked';

/** Why a deed that needs a note was not done. */
export type NoteRefusal = 'note_missing' | 'note_long';

/** The note without which a case is not taken out of anybody's hands. */
export function readNote(typed: string): { ok: true; body: string } | { ok: false; refusal: NoteRefusal } {
	const body = plainText(typed);
	if (body === '') return { ok: false, refusal: 'note_missing' };
	return body.length > LONGEST_NOTE ? { ok: false, refusal: 'note_long' } : { ok: true, body };
}
