import { log } from '#lib/server/log.ts';
import type { Gateway } from '#lib/server/message/gateway.ts';

/** A gateway that only notes, by its id, that a message would have gone: for a rehearsal at a bank without its SMS. */
export const logGateway: Gateway = {
	kind: 'log',
	handOver(_trx, { messageId, template }) {
		log.info({ messageId, template, gateway: 'log' }, 'message handed over');
		return Promise.resolve({ ok: true });
	},
};
