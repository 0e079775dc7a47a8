import { type Kysely, sql } from 'kysely';

/**
 * Passkeys of cardholders and staff, the challenges they answer, and when a session of the staff was last confirmed.
 * Whoever has enrolled keeps a way to sign in: the database refuses to take the last one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table passkey_holder (
			id uuid primary key default gen_random_uuid(),
			handle bytea not null unique check (octet_length(handle) = 32),
			cardholder_id text unique references cardholder (id),
			staff_id uuid unique references staff (id),
			offer_declined_at timestamptz,
			check (num_nonnulls(cardholder_id, staff_id) = 1)
		);

		create table passkey (
			id uuid primary key default gen_random_uuid(),
			cardholder_id text references cardholder (id),
			staff_id uuid references staff (id),
			credential_id bytea not null unique check (octet_length(credential_id) between 1 and 1023),
			public_key bytea not null,
			counter bigint not null check (counter >= 0),
			transports text[] not null default '{}',
			device_type text not null check (device_type in ('singleDevice', 'multiDevice')),
			backed_up boolean not null,
			name text not null check (char_length(name) between 1 and 60),
			created_at timestamptz not null default now(),
			last_used_at timestamptz,
			removed_at timestamptz,
			check (num_nonnulls(cardholder_id, staff_id) = 1)
		);
		create index passkey_of_cardholder on passkey (cardholder_id) where removed_at is null;
		create index passkey_of_staff on passkey (staff_id) where removed_at is null;

		create table passkey_challenge (
			id uuid primary key default gen_random_uuid(),
			purpose text not null check (purpose in ('register', 'sign_in', 'confirm')),
			kind text not null check (kind in ('cardholder', 'staff')),
			bound_hash bytea not null check (octet_length(bound_hash) = 32),
			challenge bytea not null unique check (octet_length(challenge) = 32),
			cardholder_id text references cardholder (id),
			staff_id uuid references staff (id),
			created_at timestamptz not null default now(),
			expires_at timestamptz not null,
			used_at timestamptz,
			check (num_nonnulls(cardholder_id, staff_id) = case purpose when 'sign_in' then 0 else 1 end),
			check (kind = 'staff' or staff_id is null),
			check (kind = 'cardholder' or cardholder_id is null)
		);
		create index passkey_challenge_expiry on passkey_challenge (expires_at);

		alter table staff_session add column confirmed_at timestamptz;
		update setting set value = '{"confirmMinutes": 10}' || value where key = 'review';

		create function require_staff_factor(someone uuid) returns void language plpgsql as $$
		begin
			-- Of two who take a way each at the same moment, the second waits here and sees what the first took.
			perform 1 from staff where id = someone for no key update;
			if exists (
				select 1 from staff s where s.id = someone and s.enrolled_at is not null and s.disabled_at is null
					and (s.password_hash is null or s.totp_secret_sealed is null)
					and not exists (select 1 from passkey p where p.staff_id = s.id and p.removed_at is null)
			) then
				raise exception 'whoever works here keeps a passkey or a one-time-code app'
					using errcode = 'check_violation', constraint = 'staff_factor';
			end if;
		end $$;

		create function passkey_keeps_factor() returns trigger language plpgsql as $$
		begin
			if old.staff_id is not null then perform require_staff_factor(old.staff_id); end if;
			return null;
		end $$;
		create constraint trigger passkey_keeps_factor after update or delete on passkey
			deferrable initially deferred for each row execute function passkey_keeps_factor();

		create function staff_keeps_factor() returns trigger language plpgsql as $$
		begin
			perform require_staff_factor(new.id);
			return null;
		end $$;
		create constraint trigger staff_keeps_factor
			after insert or update of password_hash, totp_secret_sealed, enrolled_at, disabled_at on staff
			deferrable initially deferred for each row execute function staff_keeps_factor();
	`.execute(db);
}
