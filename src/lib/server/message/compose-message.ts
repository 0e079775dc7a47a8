import { findCurrentCode } from '#lib/server/access/current-code.ts';
import { findLinkAddress } from '#lib/server/access/link-address.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { messageText } from '#lib/server/message/message-text.ts';
import type { MessageTemplate } from '#lib/server/message/template.ts';

/** What a message is made from. */
export interface MessageSource {
	readonly template: MessageTemplate;
	readonly locale: string;
	readonly accessLinkId: string | null;
	readonly challengeId: string | null;
}

/** The text in the recipient's language, or why there is none to send any more. */
export type ComposedMessage =
	{ readonly ok: true; readonly text: string } | { readonly ok: false; readonly refusal: 'link_dead' | 'code_over' };

/** Makes a message's text at the moment it is handed over; its link's token and its code exist from here on only. */
export async function composeMessage(db: DbOrTrx, source: MessageSource, at: Date): Promise<ComposedMessage> {
	const { template, locale, accessLinkId, challengeId } = source;
	const bank = env().bankName;
	if (template === 'sign_in_code') {
		const current = challengeId === null ? undefined : await findCurrentCode(db, challengeId, at);
		if (!current) return { ok: false, refusal: 'code_over' };
		return { ok: true, text: messageText(template, locale, { bank, ...current }) };
	}
	if (template === 'reminder' || template === 'link_resent') {
		const link = accessLinkId === null ? undefined : await findLinkAddress(db, accessLinkId, at);
		if (link === undefined) return { ok: false, refusal: 'link_dead' };
		return { ok: true, text: messageText(template, locale, { bank, link }) };
	}
	// The news itself is behind the sign-in; the address only leads there.
	return { ok: true, text: messageText(template, locale, { bank, link: `${env().origin}/application` }) };
}
