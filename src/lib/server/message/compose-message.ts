import { bindCode } from '#lib/domain/contact/bound-code.ts';
import { findCurrentCode } from '#lib/server/access/current-code.ts';
import { findLinkAddress } from '#lib/server/access/link-address.ts';
import { findConfirmationCode } from '#lib/server/confirmation/current-code.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { isAskedAgain } from '#lib/server/evidence/is-asked-again.ts';
import { messageText } from '#lib/server/message/message-text.ts';
import type { MessageTemplate } from '#lib/server/message/template.ts';

/** What a message is made from. */
export interface MessageSource {
	readonly template: MessageTemplate;
	readonly locale: string;
	readonly accessLinkId: string | null;
	readonly challengeId: string | null;
	readonly confirmationId: string | null;
	readonly applicationId: string | null;
}

/** The text in the recipient's language, or why there is none to send any more. */
export type ComposedMessage =
	| { readonly ok: true; readonly text: string }
	| { readonly ok: false; readonly refusal: 'link_dead' | 'code_over' | 'nothing_asked' };

/** What is told about a signed plan leads to it. */
const ABOUT_THE_AGREEMENT: ReadonlySet<MessageTemplate> = new Set<MessageTemplate>([
	'agreement_signed',
	'agreement_expired',
	'instalment_due',
	'instalment_missed',
	'instalment_cured',
	'agreement_lapsed',
	'agreement_completed',
]);

/** Makes a message's text at the moment it is handed over; its link's token and its code exist from here on only. */
export async function composeMessage(db: DbOrTrx, source: MessageSource, at: Date): Promise<ComposedMessage> {
	const { template, locale, accessLinkId, challengeId, confirmationId } = source;
	const bank = env().bankName;
	if (template === 'sign_in_code') {
		const current = challengeId === null ? undefined : await findCurrentCode(db, challengeId, at);
		if (!current) return { ok: false, refusal: 'code_over' };
		const text = messageText(template, locale, { bank, ...current });
		return { ok: true, text: bindCode(text, { code: current.code, origin: env().origin }) };
	}
	if (template === 'confirmation_code') {
		const current = confirmationId === null ? undefined : await findConfirmationCode(db, confirmationId, at);
		if (!current) return { ok: false, refusal: 'code_over' };
		return { ok: true, text: messageText(template, locale, { bank, ...current }) };
	}
	if (template === 'reminder' || template === 'link_resent') {
		const link = accessLinkId === null ? undefined : await findLinkAddress(db, accessLinkId, at);
		if (link === undefined) return { ok: false, refusal: 'link_dead' };
		return { ok: true, text: messageText(template, locale, { bank, link }) };
	}
	if (template === 'page_again' && !(source.applicationId && (await isAskedAgain(db, source.applicationId)))) {
		return { ok: false, refusal: 'nothing_asked' };
	}
	if (template === 'number_changed') return { ok: true, text: messageText(template, locale, { bank }) };
	// The news itself is behind the sign-in; the address only leads there.
	return { ok: true, text: messageText(template, locale, { bank, link: `${env().origin}${pathOf(template)}` }) };
}

function pathOf(template: MessageTemplate): string {
	if (template === 'sign_in_key_added') return '/security';
	return ABOUT_THE_AGREEMENT.has(template) ? '/agreement' : '/application';
}
