import * as v from 'valibot';
import { EVIDENCE_KINDS, type EvidenceKind, isEvidenceKind } from '#lib/domain/application/evidence.ts';
import {
	isRequestReason,
	MOST_ITEMS,
	type RequestForm,
	type RequestReason,
} from '#lib/domain/application/information-request.ts';

/** A line of the form for asking: a paper of a kind (none yet where empty), or a question. */
export interface AskRow {
	readonly what: 'evidence' | 'answer';
	readonly kind: EvidenceKind | '';
	readonly reason: RequestReason;
	readonly words: string;
}

/** What was filled in to ask for more, lines that ask nothing included. */
export interface AskFields {
	readonly rows: readonly AskRow[];
	readonly due: string;
	readonly text: string;
}

/** Too long is told, and nothing of it lost: how much comes at all, the hook bounds. */
const text = v.optional(v.string(), '');
const rowSchema = v.object({
	what: v.picklist(['evidence', 'answer']),
	kind: v.optional(v.union([v.literal(''), v.picklist(EVIDENCE_KINDS)]), ''),
	reason: v.pipe(v.optional(v.string(), 'to_understand'), v.check(isRequestReason), v.transform(reasonOf)),
	words: text,
});
const schema = v.object({ ask_due: text, ask_text: text });

function reasonOf(reason: string): RequestReason {
	return isRequestReason(reason) ? reason : 'to_understand';
}

/** Reads what is asked for; undefined for what no page of ours can have sent. */
export function readAskForm(form: FormData): AskFields | undefined {
	const parsed = v.safeParse(schema, Object.fromEntries(form));
	const rows: AskRow[] = [];
	for (let index = 1; index <= MOST_ROWS; index++) {
		const get = (name: string) => form.get(`ask_${name}_${String(index)}`) ?? undefined;
		if (get('what') === undefined) continue;
		const row = v.safeParse(rowSchema, {
			what: get('what'),
			kind: get('kind'),
			reason: get('reason'),
			words: get('words'),
		});
		if (!row.success) return undefined;
		rows.push(row.output);
	}
	return parsed.success ? { rows, due: parsed.output.ask_due, text: parsed.output.ask_text } : undefined;
}

/** More than can be asked for, so that one thing too many is told and not lost. */
const MOST_ROWS = MOST_ITEMS + 10;

/** What the lines ask for; those without a paper or a question ask nothing. */
export function requestOf({ rows, due, text: words }: AskFields): RequestForm {
	const items = rows.flatMap(({ what, kind, reason, words: said }): RequestForm['items'] => {
		if (what === 'evidence') return isEvidenceKind(kind) ? [{ what, kind, reason, words: said }] : [];
		return said.trim() === '' ? [] : [{ what, kind: null, reason, words: said }];
	});
	return { items, dueOn: due, words };
}
