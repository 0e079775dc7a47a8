import { evidenceText } from '../words.ts';
import * as m from '#lib/paraglide/messages.js';
import type { AskFields } from './request-form.ts';

/** Something that was written, with for whom. */
export interface Written {
	readonly label: string;
	readonly text: string;
}

/** What a refused form of the case brought, as far as somebody wrote it. */
export interface TypedForm {
	readonly fields?: { readonly note: string; readonly words: string };
	readonly asked?: AskFields | undefined;
	readonly aside?: { readonly note?: string };
	readonly putBack?: { readonly note: string };
	readonly sendBack?: { readonly note: string };
	readonly viewer?: { readonly words?: string };
}

/**
 * What of a form has no field on the page any more, so that it is shown as text: all of it where the case is in nobody's hands who
 * reads this, only what the first step hides where its fields are there still (`hasFields`).
 */
export function writtenIn(form: TypedForm, hasFields: boolean): Written[] {
	const { fields, asked, aside, putBack, sendBack, viewer } = form;
	const written: Written[] = [{ label: m.desk_typed_words(), text: fields?.words ?? '' }];
	if (!hasFields) {
		written.push({ label: m.desk_typed_note(), text: fields?.note ?? '' });
		for (const { kind, words } of asked?.rows ?? []) {
			const said = words.trim() !== '' && kind !== '' ? `${evidenceText(kind)} · ${words}` : words;
			written.push({ label: m.desk_typed_ask(), text: said });
		}
		written.push({ label: m.desk_typed_words(), text: asked?.text ?? '' });
	}
	for (const { note = '' } of [aside ?? {}, putBack ?? {}, sendBack ?? {}]) {
		written.push({ label: m.desk_typed_note(), text: note });
	}
	written.push({ label: m.desk_typed_words(), text: viewer?.words ?? '' });
	return written.filter(({ text }) => text.trim() !== '');
}
