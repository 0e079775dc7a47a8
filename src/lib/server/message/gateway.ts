import type { Trx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { httpGateway } from '#lib/server/message/http-gateway.ts';
import { inboxGateway } from '#lib/server/message/inbox-gateway.ts';
import { logGateway } from '#lib/server/message/log-gateway.ts';
import type { MessageTemplate } from '#lib/server/message/template.ts';

/** A message as it leaves the portal. It exists in memory only, from its making to its hand-over. */
export interface OutgoingMessage {
	readonly messageId: string;
	readonly template: MessageTemplate;
	readonly locale: string;
	/** E.164. */
	readonly phone: string;
	readonly text: string;
	readonly at: Date;
}

/** What came of a hand-over: `failure` is a short code; where it is `final`, trying again makes no sense. */
export type HandOver =
	{ readonly ok: true } | { readonly ok: false; readonly failure: string; readonly final: boolean };

/** Takes messages to their recipients. The same message may be handed over twice; a gateway makes it one. */
export interface Gateway {
	readonly kind: 'inbox' | 'log' | 'http';
	handOver(trx: Trx, message: OutgoingMessage): Promise<HandOver>;
}

/** The gateway of the settings. */
export function chosenGateway(): Gateway {
	const { smsGateway } = env();
	if (smsGateway.kind === 'http') return httpGateway(smsGateway);
	return smsGateway.kind === 'inbox' ? inboxGateway : logGateway;
}
