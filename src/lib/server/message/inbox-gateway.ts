import type { Gateway } from '#lib/server/message/gateway.ts';
import { insertInboxMessage } from '#lib/server/message/inbox.repository.ts';

/** The demo's gateway: the message appears on the page `/dev/inbox`. */
export const inboxGateway: Gateway = {
	kind: 'inbox',
	async handOver(trx, { messageId, phone, text, at }) {
		await insertInboxMessage(trx, { messageId, phone, text, at });
		return { ok: true };
	},
};
