import { fail } from '@sveltejs/kit';
import * as m from '#lib/paraglide/messages.js';
import { requote } from '#lib/server/review/requote.ts';
import { readDecisionForm } from './decision-form.ts';
import { openCase } from './open-case.ts';
import { decideRefusalText, lostText } from './refusal-text.ts';
import { readAskForm } from './request-form.ts';
import type { RequestEvent } from './$types';

/**
 * Works the plan that was asked for out on today's figures, shows both beside each other, and fills it in as a counter-offer,
 * beside what was filled in already. Nothing is written: the offer takes the two steps of every decision.
 */
export async function requoteAction(event: RequestEvent) {
	const { db, access, applicationId } = await openCase(event);
	const form = await event.request.formData();
	const fields = readDecisionForm(form);
	if (!fields) return fail(400, { step: 'fill' as const, refusal: m.desk_refused_form() });
	const asked = fields.outcome === 'more_requested' ? readAskForm(form) : undefined;
	const kept = { ...fields, outcome: fields.outcome ?? null };
	if (access.hold !== 'yours') {
		return fail(409, { step: 'fill' as const, fields: kept, asked, refusal: lostText(access) });
	}
	const made = await requote(db, { applicationId, accountId: access.review.accountId });
	if (!made.ok) {
		const why = decideRefusalText(made.refusal, access);
		return fail(409, { step: 'fill' as const, fields: kept, asked, notRequoted: why });
	}
	const { productCode, productVersion, choice, firstDueDate } = made.pick;
	return {
		step: 'fill' as const,
		fields: {
			...kept,
			outcome: 'counter_offered' as const,
			offer_product: `${productCode}/${String(productVersion)}`,
			offer_instalments: String(choice.instalments),
			offer_deferral: String(choice.deferralMonths),
			offer_first_due: firstDueDate ?? '',
			offer_hash: '',
		},
		asked,
		requoted: { asked: made.asked.plan, offer: made.offer },
	};
}
