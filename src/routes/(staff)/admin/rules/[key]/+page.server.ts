import { randomUUID } from 'node:crypto';
import { error, fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import type { ProposalAnswer } from '#lib/domain/access/four-eyes.ts';
import { DESK_RULES, type DeskRule } from '#lib/domain/review/rule-change.ts';
import { locales } from '#lib/paraglide/runtime.js';
import * as m from '#lib/paraglide/messages.js';
import { answerRule } from '#lib/server/desk-rule/answer-rule.ts';
import { proposeRule } from '#lib/server/desk-rule/propose-rule.ts';
import { readRule } from '#lib/server/desk-rule/read-rule.ts';
import { errorsOf } from './rule-errors.ts';
import { differencesOf, filledIn, groupsOf, ruleOf } from './rule-form.ts';
import { ANSWER_REFUSED, PROPOSE_REFUSED } from './rule-words.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const csr = false;

/** Names a code that is stored with decisions: never one that was used before. */
const newCode = () => `c${randomUUID().replaceAll('-', '').slice(0, 12)}`;

function open({ locals, params }: Pick<RequestEvent, 'locals' | 'params'>) {
	const key = DESK_RULES.find((one) => one === params.key);
	if (!locals.staff || !key) error(404);
	return { db: locals.db, staffId: locals.staff.id, key };
}

export const load: PageServerLoad = async (event) => {
	const { db, staffId, key } = open(event);
	const { value, mark, proposal } = await readRule(db, key);
	const groups = groupsOf(key, value, locales);
	const waits = proposal?.status === 'proposed' ? proposal : undefined;
	return {
		key,
		mark,
		groups,
		ended: proposal && !waits ? told(proposal) : undefined,
		waiting: waits && {
			...told(waits),
			id: waits.id,
			isOwn: waits.proposedBy === staffId,
			isOutdated: waits.baseMark !== mark,
			differences: differencesOf(groups, groupsOf(key, waits.value, locales)),
		},
		isSent: event.url.searchParams.has('sent'),
		isAnswered: event.url.searchParams.has('answered'),
	};
};

type Proposal = NonNullable<Awaited<ReturnType<typeof readRule>>['proposal']>;

function told(proposal: Proposal) {
	const { status, note, proposerName, proposedAt, deciderName, decidedAt, decisionNote } = proposal;
	return { status, note, proposerName, proposedAt, deciderName, decidedAt, decisionNote };
}

const MOST_TYPED = 4000;

/** Every text that was sent, by its field. */
async function readTyped(request: Request): Promise<Record<string, string>> {
	const texts = [...(await request.formData())].filter((one): one is [string, string] => typeof one[1] === 'string');
	return Object.fromEntries(texts.map(([name, text]) => [name, text.slice(0, MOST_TYPED)]));
}

async function propose(event: RequestEvent) {
	const { db, staffId, key } = open(event);
	const typed = await readTyped(event.request);
	const note = typed['why'] ?? '';
	const groups = filledIn(groupsOf(key, (await readRule(db, key)).value, locales), typed);
	const { value, places } = ruleOf(key, groups, newCode());
	const form = { staffId, key, baseMark: typed['base'] ?? '', value, note };
	const outcome = await proposeRule(db, form);
	if (outcome.ok) redirect(303, `/admin/rules/${key}?sent`);
	const kept = { groups, why: note, baseMark: form.baseMark };
	if (outcome.refusal === 'why_missing') {
		return fail(400, { ...kept, errors: [{ field: 'why', text: m.product_refused_why_missing() }], whole: undefined });
	}
	if (outcome.refusal !== 'problems') {
		return fail(409, { ...kept, errors: [], whole: PROPOSE_REFUSED[outcome.refusal]() });
	}
	return fail(400, { ...kept, ...errorsOf(outcome.problems, { groups, places }) });
}

const answered = v.object({
	proposal: v.pipe(v.string(), v.uuid()),
	note: v.optional(v.pipe(v.string(), v.maxLength(MOST_TYPED)), ''),
});

async function answer(event: RequestEvent, as: ProposalAnswer) {
	const { db, staffId, key } = open(event);
	const parsed = v.safeParse(answered, await readTyped(event.request));
	if (!parsed.success) error(400);
	const { proposal: proposalId, note } = parsed.output;
	const outcome = await answerRule(db, { staffId, key: key satisfies DeskRule, proposalId, answer: as, note });
	if (outcome.ok) redirect(303, `/admin/rules/${key}?answered`);
	if (outcome.refusal === 'note_missing') return fail(400, { note, noteError: m.product_refused_note_missing() });
	return fail(409, { note, refusal: ANSWER_REFUSED[outcome.refusal]() });
}

export const actions: Actions = {
	propose,
	publish: (event) => answer(event, 'published'),
	reject: (event) => answer(event, 'rejected'),
	withdraw: (event) => answer(event, 'withdrawn'),
};
