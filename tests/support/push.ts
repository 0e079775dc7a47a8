import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import type { Db } from '#lib/server/db/connect.ts';
import { runAs } from '#lib/server/db/identity.ts';
import type { Gateway, HandOver, OutgoingMessage } from '#lib/server/message/gateway.ts';
import { type MessageOrder, queueMessage } from '#lib/server/message/queue-message.ts';
import { addDevice } from '#lib/server/push/add-device.ts';
import { type Somebody, addSomebody, holdClock, useEnv } from './access.ts';
import type { TestDatabase } from './database.ts';
import { startPushService, type TestDevice } from './push-service.ts';

/** A push service for a test file, with people whose devices are told, and what was sent and noted of it. */
export function usePush(database: TestDatabase) {
	let service: Awaited<ReturnType<typeof startPushService>>;
	beforeAll(async () => {
		useEnv({ PUSH: 'loopback', ORIGIN: 'https://repay.example.com', BANK_NAME: '海岸银行' });
		service = await startPushService();
	});
	afterAll(() => service.stop());
	beforeEach(() => {
		holdClock();
		service.state.status = 201;
	});
	afterEach(() => vi.useRealTimers());

	/** A device turned on by its owner, in their own name. */
	async function turnOn(cardholderId: string, locale = 'zh-CN', device = service.device()): Promise<TestDevice> {
		const { subscription } = device;
		const added = await runAs({ cardholder: cardholderId }, () =>
			addDevice(database.db, { cardholderId, subscription, locale, device: 'iPhone' }),
		);
		if (!added.ok) throw new Error(added.refusal);
		return device;
	}

	return {
		service: () => service,
		turnOn,
		async personWithDevice(locale = 'zh-CN'): Promise<{ person: Somebody; device: TestDevice }> {
			const person = await addSomebody(database.db, { locale });
			return { person, device: await turnOn(person.cardholderId, locale) };
		},
		async queue({ cardholderId }: Somebody, order: Partial<MessageOrder> = {}): Promise<string> {
			const message = await database.db
				.transaction()
				.execute((trx) => queueMessage(trx, { cardholderId, template: 'application_received', ...order }));
			if (!message) throw new Error('nothing was queued');
			return message.messageId;
		},
		contacts: (person: Somebody) => contactsOf(database.db, person.cardholderId),
		devices: (person: Somebody) => devicesOf(database.db, person.cardholderId),
		/** What stands in the audit log of a person's devices. */
		async deeds({ cardholderId }: Somebody): Promise<string[]> {
			const rows = await database.db
				.selectFrom('audit_log')
				.select(['action', 'detail'])
				.where('cardholder_id', '=', cardholderId)
				.where('action', 'like', 'push.%')
				.orderBy('id')
				.execute();
			return rows.map(({ action, detail }) => [action, (detail as { why?: string }).why].filter(Boolean).join(' '));
		},
	};
}

async function contactsOf(db: Db, cardholderId: string) {
	return db
		.selectFrom('contact_log')
		.select(['channel', 'contacted_on as on', 'template'])
		.where('cardholder_id', '=', cardholderId)
		.orderBy('id')
		.execute();
}

async function devicesOf(db: Db, cardholderId: string): Promise<number> {
	const rows = await db
		.selectFrom('push_subscription')
		.select('id')
		.where('cardholder_id', '=', cardholderId)
		.execute();
	return rows.length;
}

/** An SMS gateway that keeps what it is given and answers as told. */
export function smsRecorder(answer: HandOver = { ok: true }): Gateway & { readonly taken: OutgoingMessage[] } {
	const taken: OutgoingMessage[] = [];
	return {
		kind: 'log',
		taken,
		handOver(_trx, message) {
			taken.push(message);
			return Promise.resolve(answer);
		},
	};
}
