import { error, fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { findVersionedProduct } from '#lib/server/product/list-products.ts';
import { proposeRetirement } from '#lib/server/product/propose-change.ts';
import { PROPOSE_REFUSALS } from '../../product-words.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, params }) => {
	const found = await findVersionedProduct(locals.db, params.code);
	if (!found) error(404);
	return { product: found, waiting: found.proposals.find(({ status }) => status === 'proposed') };
};

const schema = v.object({
	base: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number)),
	note: v.pipe(v.string(), v.maxLength(4000)),
});

export const actions: Actions = {
	/** Proposes that the product be offered no more. */
	retire: async ({ request, locals, params }) => {
		if (!locals.staff) error(403);
		const parsed = v.safeParse(schema, Object.fromEntries(await request.formData()));
		if (!parsed.success) error(400);
		const { base: baseVersion, note } = parsed.output;
		const form = { staffId: locals.staff.id, code: params.code, baseVersion, note };
		const outcome = await proposeRetirement(locals.db, form);
		if (outcome.ok) redirect(303, `/admin/proposals/${outcome.proposalId}?sent`);
		const refusal = PROPOSE_REFUSALS[outcome.refusal]();
		if (outcome.refusal === 'why_missing') return fail(400, { note, noteError: refusal });
		return fail(409, { note, refusal });
	},
};
