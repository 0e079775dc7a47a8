import type { RequestReason } from '#lib/domain/application/information-request.ts';
import { againReasonName, againReasonWords } from '#lib/messages/page-check-words.ts';
import * as m from '#lib/paraglide/messages.js';

/** Why something is asked for, as its cardholder reads it; empty where the agent's own words say all. */
export function requestReasonWords(reason: RequestReason): string {
	if (reason === 'missing') return m.request_reason_missing();
	if (reason === 'to_understand') return m.request_reason_to_understand();
	return reason === 'other' ? '' : againReasonWords(reason);
}

/** The same in the few words of a list for staff. */
export function requestReasonName(reason: RequestReason): string {
	if (reason === 'missing') return m.desk_ask_reason_missing();
	return reason === 'to_understand' ? m.desk_ask_reason_to_understand() : againReasonName(reason);
}
