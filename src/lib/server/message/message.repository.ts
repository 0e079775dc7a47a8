import { sql } from 'kysely';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import type { MessageOrder } from '#lib/server/message/queue-message.ts';

/**
 * Writes a message into the outbox in its recipient's language. Returns false, and writes nothing, where there is no such
 * cardholder or where its dedupe key stands there already.
 */
export async function insertMessage(
	trx: Trx,
	{ id, notBefore, at, ...order }: MessageOrder & { id: string; notBefore: Date; at: Date },
): Promise<boolean> {
	const result = await sql`
		insert into outbox_message (id, cardholder_id, locale, account_id, template, access_link_id, challenge_id,
			application_id, confirmation_id, number_change_id, just_asked_for, dedupe_key, not_before, created_at)
		select ${id}::uuid, id, locale, ${order.accountId ?? null}::text, ${order.template}::text,
			${order.accessLinkId ?? null}::uuid, ${order.challengeId ?? null}::uuid, ${order.applicationId ?? null}::uuid,
			${order.confirmationId ?? null}::uuid, ${order.numberChangeId ?? null}::uuid,
			${order.justAskedFor ?? false}::boolean, ${order.dedupeKey ?? null}::text, ${notBefore}::timestamptz, ${at}::timestamptz
		from cardholder where id = ${order.cardholderId}
		on conflict (dedupe_key) do nothing`.execute(trx);
	return (result.numAffectedRows ?? 0n) > 0n;
}

/** The time zone of a cardholder, where the core told one. */
export async function findTimeZone(db: DbOrTrx, cardholderId: string): Promise<string | undefined> {
	const row = await db.selectFrom('cardholder').select('time_zone').where('id', '=', cardholderId).executeTakeFirst();
	return row?.time_zone ?? undefined;
}

/** A rule of the bank that is kept as data; undefined where it was never set. */
export async function findSetting(db: DbOrTrx, key: string): Promise<Readonly<Record<string, unknown>> | undefined> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst();
	return row?.value as Readonly<Record<string, unknown>> | undefined;
}
