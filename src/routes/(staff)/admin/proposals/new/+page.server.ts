import { error, fail, redirect } from '@sveltejs/kit';
import { canonicalText } from '#lib/domain/plan/canonical-text.ts';
import { parseProduct } from '#lib/domain/plan/parse-product.ts';
import { productTerms } from '#lib/domain/plan/product-terms.ts';
import type { Product } from '#lib/domain/plan/product.ts';
import * as m from '#lib/paraglide/messages.js';
import { today } from '#lib/server/clock.ts';
import { sha256Hex } from '#lib/server/crypto/sha256.ts';
import { findVersionedProduct, type ProductVersion } from '#lib/server/product/list-products.ts';
import { previewChange } from '#lib/server/product/preview-change.ts';
import { proposeVersion } from '#lib/server/product/propose-change.ts';
import { compareExample } from '../../compare-example.ts';
import { problemLines } from '../../problem-text.ts';
import { fieldsOf, type ProductFields, readProductForm, termsOf } from '../../product-form.ts';
import { PROPOSE_REFUSALS } from '../../product-words.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, url }) => {
	const base = await findBase(locals, url);
	return { base: base?.product, fields: fieldsOf(base?.product) };
};

export const actions: Actions = {
	preview: async (event) => {
		const { fields, base } = await readForm(event);
		return (await judge(event.locals, fields, base)).answer;
	},

	/** What was not looked at as it is now is shown instead of proposed. */
	propose: async (event) => {
		const { locals } = event;
		if (!locals.staff) error(403);
		const { fields, base } = await readForm(event);
		const judged = await judge(locals, fields, base);
		if (!judged.product) return judged.answer;
		if (fields.seen !== judged.seen) return { ...judged.answer, isEdited: true };
		const baseVersion = fields.base === '' ? null : Number(fields.base);
		const { code } = judged.product;
		const form = { staffId: locals.staff.id, code, baseVersion, note: fields.note, terms: termsOf(fields) };
		const outcome = await proposeVersion(locals.db, form);
		if (outcome.ok) redirect(303, `/admin/proposals/${outcome.proposalId}?sent`);
		if (outcome.refusal === 'problems') return fail(400, { fields, errors: problemLines(outcome.problems, fields) });
		if (outcome.refusal === 'code_taken') {
			return fail(409, { fields, errors: [{ field: 'code', text: m.product_problem_code_taken() }] });
		}
		// The preview stays open: the field stands in it.
		if (outcome.refusal === 'why_missing') {
			return fail(400, { ...judged.answer, errors: [{ field: 'note', text: m.product_refused_why_missing() }] });
		}
		return fail(409, { fields, refusal: PROPOSE_REFUSALS[outcome.refusal]() });
	},
};

async function findBase(locals: App.Locals, url: URL): Promise<ProductVersion | undefined> {
	const code = url.searchParams.get('product');
	if (code === null) return undefined;
	const found = await findVersionedProduct(locals.db, code);
	if (!found) error(404);
	return found.versions[0];
}

/** The form with the version that its page is about; a changed product's code is the page's, not the form's. */
async function readForm({ request, locals, url }: RequestEvent) {
	const fields = readProductForm(await request.formData());
	if (!fields) error(400);
	const base = await findBase(locals, url);
	return { fields: base ? { ...fields, code: base.product.code } : fields, base };
}

async function judge(locals: App.Locals, fields: ProductFields, base: ProductVersion | undefined) {
	const version = fields.base === '' ? 1 : Number(fields.base) + 1;
	const parsed = parseProduct({ ...termsOf(fields), code: fields.code.trim() || undefined, version });
	if (!parsed.ok) return { answer: fail(400, { fields, errors: problemLines(parsed.problems, fields) }) };
	const { product } = parsed;
	const offered: Product | null = base && base.retiredAt === null ? base.product : null;
	const change = { before: offered, after: product };
	const typed = { amount: fields.exampleAmount, term: fields.exampleTerm };
	const effect = await previewChange(locals.db, { code: product.code, ...change, today: today() });
	const example = compareExample(change, { ...typed, today: today() });
	const seen = sha256Hex(canonicalText(productTerms(product)));
	return { product, seen, answer: { fields, preview: { product, effect, example, seen } } };
}
