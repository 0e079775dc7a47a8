import { type Kysely, sql } from 'kysely';

/**
 * The devices on which a cardholder is told by push that a message waits, and each try to tell them so. What a push service needs
 * is sealed; a device stands under the hash of its address. A device belongs to one person: who turns notices on in a browser
 * that somebody else used takes it over, by a trigger with its owner's rights, since nobody sees the other's row.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table push_subscription (
			id uuid primary key default gen_random_uuid(),
			cardholder_id text not null references cardholder (id),
			endpoint_hash bytea not null unique check (octet_length(endpoint_hash) = 32),
			sealed bytea not null,
			locale text not null,
			device text not null check (char_length(device) between 1 and 60),
			made_at timestamptz not null,
			taken_at timestamptz,
			failed_at timestamptz,
			-- Notices in a row of which no device said that they had come.
			unanswered integer not null default 0
		);
		create index push_subscription_cardholder on push_subscription (cardholder_id, made_at);

		create table push_offer (
			cardholder_id text primary key references cardholder (id),
			declined_at timestamptz not null
		);

		create table push_attempt (
			id uuid primary key default gen_random_uuid(),
			outbox_message_id uuid not null references outbox_message (id),
			subscription_id uuid references push_subscription (id) on delete set null,
			receipt_hash bytea not null unique check (octet_length(receipt_hash) = 32),
			at timestamptz not null,
			failure text,
			received_at timestamptz,
			unique (outbox_message_id, subscription_id)
		);

		-- The day of the recipient on which a push was tried; from then on it takes its place among that day's contacts.
		alter table outbox_message add column pushed_on date;
		alter table contact_log drop constraint contact_log_channel_check;
		alter table contact_log add constraint contact_log_channel_check check (channel in ('sms', 'push'));

		create function take_device_over() returns trigger
			language plpgsql security definer set search_path = public, pg_temp as $$
			begin
				with gone as (
					delete from push_subscription s where s.endpoint_hash = new.endpoint_hash
						and s.cardholder_id <> new.cardholder_id returning s.id, s.cardholder_id)
				insert into audit_log (actor_kind, action, subject_kind, subject_id, cardholder_id, detail)
					select 'system', 'push.removed', 'push_subscription', g.id, g.cardholder_id, '{"why": "taken_over"}' from gone g;
				return new;
			end $$;
		create trigger push_subscription_takes_over before insert on push_subscription
			for each row execute function take_device_over();
	`.execute(db);
	for (const [table, rules] of Object.entries(RULES)) {
		await sql`alter table ${sql.table(table)} enable row level security`.execute(db);
		await sql`create policy system on ${sql.table(table)} using ((select portal_who()) = 'system')
			with check ((select portal_who()) = 'system')`.execute(db);
		for (const [name, clause] of Object.entries(rules)) {
			await sql`create policy ${sql.id(name)} on ${sql.table(table)} ${sql.raw(clause)}`.execute(db);
		}
	}
	await sql`insert into setting (key, value) values ('push', ${JSON.stringify(SETTING)}::jsonb)
		on conflict (key) do nothing`.execute(db);
}

/** So long is waited for a device's word before the SMS goes; so many devices has a person; so many notices go into silence. */
const SETTING = { receiptMinutes: 5, mostDevices: 5, mostUnanswered: 3 };

const OWN = `(select portal_who()) = 'cardholder' and cardholder_id = (select portal_person())`;
/** Who silences a number or changes it takes its devices away, and reads of them nothing but that they are there. */
const TAKES_AWAY = `(select portal_who()) in ('door', 'support')`;

const RULES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	push_subscription: {
		own_select: `for select using (${OWN})`,
		own_insert: `for insert with check (${OWN})`,
		own_update: `for update using (${OWN}) with check (${OWN})`,
		own_delete: `for delete using (${OWN})`,
		away_select: `for select using (${TAKES_AWAY})`,
		away_delete: `for delete using (${TAKES_AWAY})`,
	},
	push_offer: {
		own_select: `for select using (${OWN})`,
		own_insert: `for insert with check (${OWN})`,
		own_update: `for update using (${OWN}) with check (${OWN})`,
	},
	push_attempt: {},
};
