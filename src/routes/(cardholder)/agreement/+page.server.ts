import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { readCode } from '#lib/domain/access/code.ts';
import { AGREEMENT_CONSENTS, missingConsents } from '#lib/domain/agreement/consents.ts';
import { findPlan } from '#lib/server/agreement/read-plan.ts';
import { readAgreement } from '#lib/server/agreement/read-agreement.ts';
import { refuseAgreement } from '#lib/server/agreement/refuse-agreement.ts';
import { sendSigningCode } from '#lib/server/agreement/send-signing-code.ts';
import { signAgreement } from '#lib/server/agreement/sign-agreement.ts';
import { now, today } from '#lib/server/clock.ts';
import { findHold } from '#lib/server/contact-number/read-number-change.ts';
import { env } from '#lib/server/env.ts';
import * as m from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { ownerOf } from '../owner.ts';
import { consentErrors, signRefusalWords } from './refusal-words.ts';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals, url }) => {
	const owner = await ownerOf(locals);
	const read = await readAgreement(locals.db, { owner, locale: getLocale(), today: today(), at: now() });
	const timeZone = env().bankTimeZone;
	if (read.view === 'none' || read.view === 'being_checked') return { view: read.view, timeZone };
	const { reference, signBy, status } = read.agreement;
	const agreement = { id: read.agreement.id, reference, signBy, status };
	if (read.view === 'too_late' || read.view === 'refused') return { view: read.view, timeZone, agreement };
	const { paper, contentHash } = read.document;
	const document = { paper, hash: contentHash.toString('hex') };
	if (read.view === 'signed') {
		const justSigned = url.searchParams.has('signed');
		const plan = await findPlan(locals.db, { owner, today: today() });
		return { view: read.view, timeZone, agreement, plan, document, signedAt: read.document.signedAt, justSigned };
	}
	const { facts, binding, codeAwaited, postedSince } = read;
	const bindingHash = binding?.contentHash.toString('hex');
	const hold = (await findHold(locals.db, owner.cardholderId, now())) ?? null;
	return { view: read.view, timeZone, agreement, hold, document, facts, bindingHash, codeAwaited, postedSince };
};

const ticked = v.optional(v.literal('on'));
const Signing = v.object({
	agreement: v.pipe(v.string(), v.uuid()),
	document: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
	code: v.optional(v.pipe(v.string(), v.maxLength(100)), ''),
	consent_terms: ticked,
	consent_no_new_card: ticked,
	consent_data_use: ticked,
});
const Refusing = v.object({ agreement: v.pipe(v.string(), v.uuid()) });

export const actions: Actions = {
	/** Answers with the page and no redirect, so that what was ticked stays; asked twice in a minute it is one message. */
	send: async ({ locals, request }) => {
		const { form } = await read(request);
		if (!form) return fail(400, { consents: [], errors: [], notice: m.agreement_gone() });
		const owner = await ownerOf(locals);
		const outcome = await sendSigningCode(locals.db, { signer: { owner, today: today(), at: now() }, form });
		if (outcome.ok) return { consents: form.consents, errors: [], sent: true };
		return fail(409, { consents: form.consents, ...signRefusalWords(outcome, now()) });
	},
	sign: async ({ locals, request }) => {
		const { form, code: typed } = await read(request);
		if (!form) return fail(400, { consents: [], errors: [], notice: m.agreement_gone() });
		const { consents } = form;
		const code = readCode(typed);
		if (code === undefined) {
			const errors = [...consentErrors(missingConsents(consents)), { field: 'code', text: m.code_code_error() }];
			return fail(400, { consents, errors });
		}
		const signer = { owner: await ownerOf(locals), today: today(), at: now() };
		const outcome = await signAgreement(locals.db, { signer, form, code, ip: locals.ip });
		if (outcome.ok) redirect(303, '/agreement?signed');
		return fail(409, { consents, ...signRefusalWords(outcome, now()) });
	},
	refuse: async ({ locals, request }) => {
		const parsed = v.safeParse(Refusing, Object.fromEntries(await request.formData()));
		const order = parsed.success && {
			owner: await ownerOf(locals),
			agreementId: parsed.output.agreement,
			today: today(),
			at: now(),
		};
		const outcome = order && (await refuseAgreement(locals.db, order));
		if (outcome && outcome.ok) redirect(303, '/agreement');
		return fail(409, { consents: [], errors: [], notice: outcome ? m.agreement_not_offered() : m.agreement_gone() });
	},
};

/** What the page sent, with the code apart: that is never written back. */
async function read(request: Request) {
	const parsed = v.safeParse(Signing, Object.fromEntries(await request.formData()));
	if (!parsed.success) return { form: undefined, code: '' };
	const { agreement: agreementId, document: documentHash, code, ...ticks } = parsed.output;
	const consents = AGREEMENT_CONSENTS.filter((consent) => ticks[`consent_${consent}`] === 'on');
	return { form: { agreementId, documentHash, consents }, code };
}
