import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import type { Day } from '#lib/domain/day.ts';
import { evidenceName } from '#lib/messages/evidence-words.ts';
import { requestReasonWords } from '#lib/messages/request-words.ts';
import * as m from '#lib/paraglide/messages.js';
import type { ReadItem, ReadRequest } from '#lib/server/request/read-requests.ts';

/** One thing asked, as its cardholder reads it; words are chosen on the server. */
export interface AskedItem {
	readonly position: number;
	/** The paper, or which question it is. */
	readonly name: string;
	readonly why: string;
	/** The agent's words: about the paper, or the question. */
	readonly words: string;
	readonly isBrought: boolean;
	readonly kind: EvidenceKind | null;
	/** Where the paper is given; null for a question, which is answered here. */
	readonly href: string | null;
	readonly answer: string;
}

/** What is asked of the cardholder now. */
export interface Asked {
	readonly id: string;
	readonly dueOn: Day;
	readonly words: string;
	readonly items: readonly AskedItem[];
	/** What is still to come, in one line; null where everything is there. */
	readonly missing: string | null;
}

/** What a request asks, in words. */
export function askedOf({ id, dueOn, words, items }: ReadRequest): Asked {
	const questions = items.filter(({ what }) => what === 'answer');
	const numberOf = (item: ReadItem) => questions.indexOf(item) + 1;
	const missing = items
		.filter(({ isBrought }) => !isBrought)
		.map((item) =>
			item.kind === null ? m.request_question_number({ number: numberOf(item) }) : evidenceName(item.kind),
		);
	return {
		id,
		dueOn,
		words,
		missing: missing.length === 0 ? null : missing.join(m.list_comma()),
		items: items.map((item) => ({
			position: item.position,
			name: item.kind === null ? m.request_question({ number: numberOf(item) }) : evidenceName(item.kind),
			why: requestReasonWords(item.reason),
			words: item.words,
			isBrought: item.isBrought,
			kind: item.kind,
			href: item.kind === null ? null : `/documents#${item.kind}`,
			answer: item.answer,
		})),
	};
}
