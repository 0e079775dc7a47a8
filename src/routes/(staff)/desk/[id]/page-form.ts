import * as v from 'valibot';
import { BUDGET_LINES } from '#lib/domain/application/budget.ts';
import { AGAIN_REASONS, VERDICTS } from '#lib/domain/review/page-check.ts';

const whole = (pattern: RegExp) => v.pipe(v.string(), v.regex(pattern), v.transform(Number));

/** Which page of which taking comes back; `page` is the sheet, counted from nought. */
const place = {
	fence: whole(/^\d{1,15}$/),
	document: v.pipe(v.string(), v.uuid()),
	page: v.optional(whole(/^\d{1,3}$/), '0'),
};

const placeSchema = v.object(place);

const checkSchema = v.object({
	...place,
	verdict: v.picklist(VERDICTS),
	/** Named apart from the decision's own on the same screen. */
	page_reason: v.pipe(
		v.optional(v.string(), ''),
		v.transform((reason) => AGAIN_REASONS.find((known) => known === reason) ?? null),
	),
	page_words: v.optional(v.pipe(v.string(), v.maxLength(4000)), ''),
});

const markSchema = v.object({ ...place, line: v.picklist(BUDGET_LINES), off: v.optional(v.literal('on')) });

function reader<T extends v.GenericSchema>(schema: T) {
	return (form: FormData): v.InferOutput<T> | undefined => {
		const parsed = v.safeParse(schema, Object.fromEntries(form));
		return parsed.success ? parsed.output : undefined;
	};
}

/** Each reads a form of the viewer; undefined for what no page of ours can have sent. */
export const readPlaceForm = reader(placeSchema);
export const readCheckForm = reader(checkSchema);
export const readMarkForm = reader(markSchema);
