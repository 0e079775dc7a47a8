import type { Generated } from 'kysely';

/** The devices that are told by push, who wants none, and each try. */
export interface PushTables {
	push_subscription: {
		id: Generated<string>;
		cardholder_id: string;
		endpoint_hash: Buffer;
		/** The push service's address and the device's keys, under SECRET_KEY. */
		sealed: Buffer;
		locale: string;
		device: string;
		made_at: Date;
		taken_at: Date | null;
		failed_at: Date | null;
		/** Notices in a row of which no device said that they had come. */
		unanswered: Generated<number>;
	};
	push_offer: { cardholder_id: string; declined_at: Date };
	push_attempt: {
		id: Generated<string>;
		outbox_message_id: string;
		subscription_id: string | null;
		receipt_hash: Buffer;
		at: Date;
		failure: string | null;
		received_at: Date | null;
	};
}
