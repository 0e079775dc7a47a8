import { error, fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import * as m from '#lib/paraglide/messages.js';
import { today } from '#lib/server/clock.ts';
import { answerProposal } from '#lib/server/product/answer-proposal.ts';
import { findProposal } from '#lib/server/product/list-products.ts';
import { previewChange } from '#lib/server/product/preview-change.ts';
import { compareExample } from '../../compare-example.ts';
import { ANSWER_REFUSALS } from '../../product-words.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const csr = false;

/** An answered proposal is shown as it was answered: what it would do is asked only while it waits. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	if (!locals.staff) error(403);
	const found = await findProposal(locals.db, params.id);
	if (!found) error(404);
	const { proposal, base, newest } = found;
	const before = newest && newest.retiredAt === null ? newest.product : null;
	const after = proposal.product;
	const day = today();
	const typed = {
		amount: url.searchParams.get('amount')?.slice(0, 30) ?? '10000',
		term: url.searchParams.get('term')?.slice(0, 2) ?? '12',
	};
	const isWaiting = proposal.status === 'proposed';
	return {
		proposal,
		base: base?.product,
		newest: newest?.product,
		isOwn: proposal.proposedBy === locals.staff.id,
		isOutdated: isWaiting && proposal.baseVersion !== (newest?.product.version ?? null),
		isSent: url.searchParams.has('sent'),
		isAnswered: url.searchParams.has('answered'),
		effect: isWaiting ? await previewChange(locals.db, { code: proposal.code, before, after, today: day }) : undefined,
		typed,
		example: compareExample({ before: base?.product ?? null, after }, { ...typed, today: day }),
	};
};

const schema = v.object({ note: v.optional(v.pipe(v.string(), v.maxLength(4000)), '') });

async function answer({ request, locals, params }: RequestEvent, as: 'published' | 'rejected' | 'withdrawn') {
	if (!locals.staff) error(403);
	const parsed = v.safeParse(schema, Object.fromEntries(await request.formData()));
	if (!parsed.success) error(400);
	const { note } = parsed.output;
	const form = { staffId: locals.staff.id, proposalId: params.id, answer: as, note };
	const outcome = await answerProposal(locals.db, form);
	if (outcome.ok) redirect(303, `/admin/proposals/${params.id}?answered`);
	if (outcome.refusal === 'not_found') error(404);
	if (outcome.refusal === 'note_missing') return fail(400, { note, noteError: m.product_refused_note_missing() });
	return fail(409, { note, refusal: ANSWER_REFUSALS[outcome.refusal]() });
}

export const actions: Actions = {
	publish: (event) => answer(event, 'published'),
	reject: (event) => answer(event, 'rejected'),
	withdraw: (event) => answer(event, 'withdrawn'),
};
