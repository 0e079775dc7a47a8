import * as v from 'valibot';
import { isDay } from '#lib/domain/day.ts';
import { type Outcome, OUTCOMES } from '#lib/domain/review/decision.ts';
import type { OfferPick } from '#lib/server/offer/work-out-offer.ts';
import type { Case } from '#lib/server/review/read-case.ts';

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
/** Of a check or of a reason. */
const code = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{0,39}$/));
const whole = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number));

/** Which page of which taking comes back. */
const held = {
	fence: whole,
	version: whole,
	postingMark: whole,
	evidence: v.pipe(
		v.string(),
		v.regex(/^([0-9a-f-]{36}(,[0-9a-f-]{36})*)?$/),
		v.transform((ids) => (ids === '' ? [] : ids.split(','))),
	),
};

const schema = v.object({
	...held,
	/** Asking for more is decided apart: it grants and refuses nothing. */
	outcome: v.nullish(v.picklist([...OUTCOMES, 'more_requested'])),
	reason: v.pipe(
		v.optional(v.union([v.literal(''), code]), ''),
		v.transform((reason) => (reason === '' ? null : reason)),
	),
	/** What was ticked, by its codes, and the marks of the list on which it was; which there are, the bank's list says. */
	checked: v.pipe(v.array(code), v.maxLength(30)),
	checks_seen: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f,]{0,600}$/)), ''),
	/** The mark of the letter that was shown for confirming. */
	letter_seen: v.optional(text(64), ''),
	/** Too long is told, and nothing of it lost: how much comes at all, the hook bounds. */
	note: v.optional(v.string(), ''),
	words: v.optional(v.string(), ''),
	/** What is offered, as far as it was picked: a product as "code/version", numbers and a day. */
	offer_product: v.optional(text(80), ''),
	offer_instalments: v.optional(text(10), ''),
	offer_deferral: v.optional(text(10), ''),
	offer_first_due: v.optional(text(10), ''),
	/** SHA-256 of the terms that were shown for confirming. */
	offer_hash: v.optional(text(64), ''),
	/** For which outcome and reason the words were written; other ones get a template of their own. */
	wordsFor: v.optional(text(80), ''),
});

/** A decision as filled in; `outcome` is missing where none was picked. */
export type DecisionFields = v.InferOutput<typeof schema>;

/** Reads the form; undefined for what no page of ours can have sent. */
export function readDecisionForm(form: FormData): DecisionFields | undefined {
	const fields = Object.fromEntries([...form].filter(([name]) => name !== 'checked'));
	const parsed = v.safeParse(schema, { ...fields, checked: form.getAll('checked') });
	return parsed.success ? parsed.output : undefined;
}

const offerSchema = v.object({
	offer_product: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}\/\d{1,5}$/)),
	offer_instalments: v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number)),
	offer_deferral: v.pipe(v.string(), v.regex(/^\d{0,3}$/), v.transform(Number)),
	offer_first_due: v.pipe(
		v.string(),
		v.check((day) => day === '' || isDay(day)),
	),
});

/** The plan that was picked for a counter-offer; undefined where something of it is missing or cannot be read. */
export function readOfferPick(fields: DecisionFields): OfferPick | undefined {
	const parsed = v.safeParse(offerSchema, fields);
	if (!parsed.success) return undefined;
	const { offer_product, offer_instalments: instalments, offer_deferral, offer_first_due } = parsed.output;
	const [productCode = '', version] = offer_product.split('/');
	return {
		productCode,
		productVersion: Number(version),
		choice: { instalments, deferralMonths: offer_deferral },
		firstDueDate: offer_first_due === '' ? null : offer_first_due,
	};
}

const heldSchema = v.object({
	fence: whole,
	put_back_note: v.optional(v.string(), ''),
	return_note: v.optional(v.string(), ''),
	recall_note: v.optional(v.string(), ''),
});

/** Reads the small forms: renew, put back, send back, take out of somebody's hands. */
export function readHeldForm(form: FormData): v.InferOutput<typeof heldSchema> | undefined {
	const parsed = v.safeParse(heldSchema, Object.fromEntries(form));
	return parsed.success ? parsed.output : undefined;
}

const assignSchema = v.object({
	to: v.pipe(
		v.string(),
		v.transform((to) => (to === '' ? null : to)),
		v.nullable(v.pipe(v.string(), v.uuid())),
	),
});

/** Reads for whom a case is set apart; `to` is null for nobody in particular. */
export function readAssignForm(form: FormData): v.InferOutput<typeof assignSchema> | undefined {
	const parsed = v.safeParse(assignSchema, Object.fromEntries(form));
	return parsed.success ? parsed.output : undefined;
}

/** What a second approver begins from: what the first decided, but for the checks and the note, which are their own. */
export function fieldsOfProposal(
	{ approval, seen }: Case,
	fence: number,
): (DecisionFields & { outcome: Outcome }) | null {
	if (!approval || approval.closedAs !== null) return null;
	const { proposes, words, plan } = approval;
	return {
		...seen,
		evidence: [...seen.evidence],
		fence,
		outcome: proposes,
		reason: null,
		checked: [],
		checks_seen: '',
		letter_seen: '',
		note: '',
		words,
		wordsFor: `${proposes}:`,
		offer_product: `${plan.productCode}/${String(plan.productVersion)}`,
		offer_instalments: String(plan.instalments),
		offer_deferral: String(plan.deferralMonths),
		offer_first_due: proposes === 'counter_offered' ? plan.firstDueDate : '',
		offer_hash: '',
	};
}
