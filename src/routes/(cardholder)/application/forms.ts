import * as v from 'valibot';
import { type EvidenceKind, isEvidenceKind } from '#lib/domain/application/evidence.ts';
import { MOST_ITEMS } from '#lib/domain/application/information-request.ts';
import type { AnswerForm } from '#lib/server/request/answer-request.ts';
import { readCode } from '#lib/domain/access/code.ts';

const id = v.pipe(v.string(), v.uuid());
const shown = {
	offer: id,
	/** SHA-256 of the terms that the page showed. */
	hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
};

/** The application that a form names. */
export function readApplicationId(form: FormData): string | undefined {
	const parsed = v.safeParse(id, form.get('application'));
	return parsed.success ? parsed.output : undefined;
}

/** Which offer a page showed, with which terms; undefined for what no page of ours sends. */
export function readShownForm(form: FormData): { offerId: string; termsHash: string } | undefined {
	const parsed = v.safeParse(v.object(shown), Object.fromEntries(form));
	return parsed.success ? { offerId: parsed.output.offer, termsHash: parsed.output.hash } : undefined;
}

/** The same with the code; undefined also where what was typed cannot be one. */
export function readAcceptForm(form: FormData): { offerId: string; termsHash: string; code: string } | undefined {
	const known = readShownForm(form);
	const typed = form.get('code');
	const code = typeof typed === 'string' ? readCode(typed) : undefined;
	return known && code !== undefined ? { ...known, code } : undefined;
}

/** The same with what was written beside "I cannot do this". */
export function readDeclineForm(form: FormData): { offerId: string; termsHash: string; words: string } | undefined {
	const known = readShownForm(form);
	const words = form.get('words');
	return known && { ...known, words: typeof words === 'string' ? words : '' };
}

const DEEDS = ['save', 'send', 'send_anyway'] as const;

/** The answers with what is to be done; `gives` is the paper that they go to bring next. Undefined for what no page of ours sends. */
export function readAnswerForm(form: FormData): (AnswerForm & { readonly gives: EvidenceKind | null }) | undefined {
	const applicationId = readApplicationId(form);
	const asked = form.get('deed');
	const kind = typeof asked === 'string' && asked.startsWith('give_') ? asked.slice('give_'.length) : '';
	const gives = isEvidenceKind(kind) ? kind : null;
	const deed = gives === null ? DEEDS.find((each) => each === asked) : 'save';
	if (applicationId === undefined || deed === undefined) return undefined;
	const answers = Array.from({ length: MOST_ITEMS }, (_, index) => index + 1).flatMap((position) => {
		const text = form.get(`answer_${String(position)}`);
		return typeof text === 'string' ? [{ position, text }] : [];
	});
	return { applicationId, answers, deed, gives };
}

/** The application whose decision is objected to, with the words as they were typed. */
export function readObjectionForm(form: FormData): { applicationId: string; words: string } | undefined {
	const applicationId = readApplicationId(form);
	const words = form.get('objection');
	return applicationId === undefined ? undefined : { applicationId, words: typeof words === 'string' ? words : '' };
}
