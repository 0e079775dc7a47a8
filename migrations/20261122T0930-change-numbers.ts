import { type Kysely, sql } from 'kysely';

/**
 * Numbers changed by support, the characters by which a caller's screen is known, and what support did for somebody. The
 * second person is the database's rule too.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- What the core last said, where support has changed the number since; else null, and phone is the core's.
		alter table cardholder add column core_phone text check (core_phone ~ '^\\+[1-9][0-9]{6,14}$');

		create table number_change (
			id uuid primary key default gen_random_uuid(),
			cardholder_id text not null references cardholder (id),
			old_phone text not null check (old_phone ~ '^\\+[1-9][0-9]{6,14}$'),
			new_phone text not null check (new_phone ~ '^\\+[1-9][0-9]{6,14}$'),
			proofs text[] not null check (cardinality(proofs) >= 2 and proofs[1] <> proofs[2]),
			asked_by uuid not null references staff (id),
			asked_at timestamptz not null,
			expires_at timestamptz not null,
			mismatches integer not null default 0,
			outcome text check (outcome in ('confirmed', 'refused', 'withdrawn', 'expired')),
			answered_by uuid references staff (id),
			answered_at timestamptz,
			held_until timestamptz,
			check (new_phone <> old_phone),
			check (expires_at > asked_at),
			check ((outcome is null) = (answered_at is null)),
			check ((outcome is not distinct from 'confirmed') = (held_until is not null)),
			check (outcome is distinct from 'confirmed'
				or (answered_by is not null and answered_by <> asked_by and answered_at < expires_at))
		);
		create unique index number_change_open on number_change (cardholder_id) where outcome is null;
		create index number_change_cardholder on number_change (cardholder_id, asked_at);

		create function guard_number_change() returns trigger language plpgsql as $$
			begin
				if tg_op = 'DELETE' then
					raise exception 'a number change is never deleted' using errcode = 'restrict_violation';
				end if;
				if tg_op = 'INSERT' and new.outcome is not null then
					raise exception 'a number change begins without an answer' using errcode = 'restrict_violation';
				end if;
				if tg_op = 'UPDATE' and (old.outcome is not null or (new.id, new.cardholder_id, new.old_phone, new.new_phone,
						new.proofs, new.asked_by, new.asked_at, new.expires_at) is distinct from (old.id, old.cardholder_id,
						old.old_phone, old.new_phone, old.proofs, old.asked_by, old.asked_at, old.expires_at)) then
					raise exception 'what was asked of a number change, and its answer, stay as they are'
						using errcode = 'restrict_violation';
				end if;
				-- Nobody's own number, and only support's hands.
				if exists (select from staff s where s.id in (new.asked_by, new.answered_by)
						and (s.role <> 'support' or s.disabled_at is not null or s.cardholder_id = new.cardholder_id)
						and (tg_op = 'INSERT' or s.id = new.answered_by)) then
					raise exception 'a number is changed by two of support, for somebody else'
						using errcode = 'restrict_violation';
				end if;
				return new;
			end $$;
		create trigger number_change_by_two before insert or update or delete on number_change
			for each row execute function guard_number_change();

		-- To whom a message goes that is for the number which was replaced.
		alter table outbox_message add column number_change_id uuid references number_change (id);

		create table screen_code (
			id uuid primary key default gen_random_uuid(),
			-- With this and the secret key the characters are made; they stand nowhere.
			seed bytea not null check (octet_length(seed) = 16),
			cardholder_id text references cardholder (id),
			session_id text unique references cardholder_session (id) on delete cascade,
			challenge_id uuid unique references sign_in_challenge (id) on delete cascade,
			step text not null,
			created_at timestamptz not null,
			expires_at timestamptz not null,
			check ((session_id is null) <> (challenge_id is null))
		);
		create index screen_code_cardholder on screen_code (cardholder_id);
		create index screen_code_over on screen_code (expires_at);

		create table support_deed (
			id bigint generated always as identity primary key,
			staff_id uuid not null references staff (id),
			cardholder_id text not null references cardholder (id),
			kind text not null check (kind in ('screen_matched', 'screen_missed', 'unlocked')),
			reason text,
			at timestamptz not null,
			check ((kind = 'unlocked') = (reason is not null))
		);
		create index support_deed_cardholder on support_deed (cardholder_id, at);
		create trigger support_deed_never_changes before update or delete on support_deed
			for each row execute function refuse_change();

		update setting set value = '{"resendCooldownMinutes": 5}' || value where key = 'access';
		insert into setting (key, value) values
			('number_change', '{"proofs": ["id_at_branch", "called_back", "card_pin", "screen_characters"],
				"openHours": 24, "holdHours": 24, "mismatches": 3}'),
			('support', '{"screenMinutes": 15, "screenMisses": {"most": 5, "minutes": 15}, "unlocksPerDay": 2, "recentChangeDays": 30}')
		on conflict (key) do nothing;
	`.execute(db);
}
