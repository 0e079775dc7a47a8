import type { RequestEvent } from '@sveltejs/kit';
import type { SessionKind } from '#lib/domain/access/session.ts';
import { forgetKeptForm } from '#lib/server/kept-form/read-kept-forms.ts';

/** A form that reaches its page again, or a newer one from that page, takes the place of what was kept from it. */
export async function settleForm({ request, url, cookies, locals }: RequestEvent, kind: SessionKind): Promise<void> {
	const person = kind === 'cardholder' ? locals.cardholder : locals.staff;
	if (request.method !== 'POST' || !person) return;
	await forgetKeptForm(locals.db, cookies, { kind, ownerId: person.id, path: url.pathname });
}
