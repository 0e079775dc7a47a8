import { sql } from 'kysely';
import type { Db } from '#lib/server/db/connect.ts';

/** A table of ours, by the database's own catalogue. */
export interface Table {
	readonly name: string;
	/** Whether row-level security is on. */
	readonly walled: boolean;
	readonly columns: readonly string[];
}

/** Every table of the portal, not those of the job queue. */
export async function listTables(db: Db): Promise<Table[]> {
	const { rows } = await sql<Table>`
		select c.relname as name, c.relrowsecurity as walled,
			array(select a.attname::text from pg_attribute a
				where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
		from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`.execute(db);
	return rows;
}

/** Whose row it is, as SQL on a table that is called t; null for what is nobody's. */
export function ownerOf({ name, columns }: Table): string {
	if (name === 'cardholder') return 't.id';
	if (name === 'kept_form') return `case t.owner_kind when 'cardholder' then t.owner_id end`;
	if (columns.includes('cardholder_id')) return 't.cardholder_id';
	if (columns.includes('upload_id')) return '(select p.cardholder_id from evidence_upload p where p.id = t.upload_id)';
	for (const parent of ['account', 'application', 'agreement', 'outbox_message']) {
		const key = `${parent}_id`;
		if (columns.includes(key)) return `(select p.cardholder_id from ${parent} p where p.id = t.${key})`;
	}
	return 'null::text';
}

/** The places of rows, which name them for as long as nobody changes them. */
export async function placesOf(db: Db, { name }: Table, where = 'true'): Promise<string[]> {
	const { rows } = await sql<{ place: string }>`
		select t.ctid::text as place from ${sql.table(name)} t where ${sql.raw(where)} order by 1`.execute(db);
	return rows.map(({ place }) => place);
}

/** Puts a row into each table that the demo leaves empty, each about the cardholder. */
export async function fillFor(owner: Db, cardholderId: string): Promise<void> {
	const who = sql.lit(cardholderId);
	const seed = sql.raw(`sha256(random()::text::bytea)`);
	const statements = [
		sql`insert into cardholder_session (id, cardholder_id, expires_at) values (gen_random_uuid()::text, ${who}, now())`,
		sql`insert into sign_in_challenge (browser_hash, target_hash, cardholder_id, code_seed, expires_at)
			values ('b', 't', ${who}, substring(${seed} for 16), now())`,
		sql`insert into screen_code (seed, cardholder_id, session_id, step, created_at, expires_at)
			select substring(${seed} for 16), cardholder_id, id, 'debt', now(), now() from cardholder_session
			where cardholder_id = ${who}`,
		sql`insert into outbox_message (cardholder_id, template, locale, not_before) values (${who}, 'reminder', 'en', now())`,
		sql`insert into contact_log (outbox_message_id, cardholder_id, channel, template, just_asked_for, contacted_on)
			select id, cardholder_id, 'sms', template, false, '2026-11-21' from outbox_message
			where cardholder_id = ${who} limit 1`,
		sql`insert into inbox_message (outbox_message_id, phone, body)
			select id, '+8613900000000', 'b' from outbox_message where cardholder_id = ${who} limit 1`,
		sql`insert into silenced_number (phone, silenced_at)
			select phone, now() from cardholder where id = ${who} on conflict do nothing`,
		sql`insert into number_change (cardholder_id, old_phone, new_phone, proofs, asked_by, asked_at, expires_at)
			select ${who}, '+8613900000001', '+8613900000002', '{a,b}', id, now(), now() + interval '1 day'
			from staff where role = 'support' limit 1`,
		sql`insert into support_deed (staff_id, cardholder_id, kind, at)
			select id, ${who}, 'screen_matched', now() from staff where role = 'support' limit 1`,
		sql`insert into access_link (account_id, cardholder_id, token_hash, created_by, expires_at)
			select id, cardholder_id, ${seed}, 'system', now() from account where cardholder_id = ${who} limit 1
			on conflict do nothing`,
		sql`insert into kept_form (owner_kind, owner_id, browser_hash, path, body_sealed, created_at, expires_at)
			values ('cardholder', ${who}, ${seed}, '/hardship', 'b', now(), now() + interval '1 hour')`,
		sql`insert into form_draft (cardholder_id, account_id, form, application_id, subject_id, fields, typed_at, saved_at)
			select cardholder_id, account_id, 'plans', id, id, '{}', now(), now() from application
			where cardholder_id = ${who} limit 1`,
		sql`insert into offline_sending (cardholder_id, id, taken_at) values (${who}, gen_random_uuid(), now())`,
		sql`insert into passkey_holder (handle, cardholder_id) values (${seed}, ${who})`,
		sql`insert into passkey (cardholder_id, credential_id, public_key, counter, device_type, backed_up, name)
			values (${who}, ${seed}, 'k', 0, 'singleDevice', false, 'n')`,
		sql`insert into passkey_challenge (purpose, kind, bound_hash, challenge, cardholder_id, expires_at)
			values ('register', 'cardholder', ${seed}, ${seed}, ${who}, now())`,
		sql`insert into push_subscription (cardholder_id, endpoint_hash, sealed, locale, device, made_at)
			values (${who}, ${seed}, 's', 'en', 'd', now())`,
		sql`insert into push_offer (cardholder_id, declined_at) values (${who}, now())`,
		sql`insert into push_attempt (outbox_message_id, receipt_hash, at)
			select id, ${seed}, now() from outbox_message where cardholder_id = ${who} limit 1`,
		sql`insert into import_rejection (import_run_id, file, line, row_key, account_id, reason)
			select r.id, 'postings.csv', 1, 'k', a.id, 'not_a_day' from import_run r, account a
			where a.cardholder_id = ${who} limit 1`,
		sql`insert into review_note (application_id, staff_id, body)
			select a.id, s.id, 'n' from application a, staff s where a.cardholder_id = ${who} limit 1`,
		sql`insert into evidence_piece (upload_id, start, byte_size, storage_key, evidence_key_id)
			select u.id, 0, 1, gen_random_uuid()::text, k.id from evidence_upload u
			join evidence_key k on k.application_id = u.application_id where u.cardholder_id = ${who} limit 1`,
		sql`insert into approval (application_id, proposes, plan, first_staff_id, fence, words, note, checked, seen, inputs,
				proposed_at)
			select a.id, 'counter_offered', '{}', t.staff_id, t.fence, '', '', '[]', '{}', '{}', now()
			from application a join review_taking t on t.application_id = a.id where a.cardholder_id = ${who} limit 1`,
		sql`insert into evidence_check (evidence_id, application_id, staff_id, verdict)
			select e.id, e.application_id, s.id, 'accepted' from evidence e, staff s where e.cardholder_id = ${who} limit 1`,
		sql`insert into evidence_pin (application_id, line, evidence_id, staff_id)
			select e.application_id, 'wages', e.id, s.id from evidence e, staff s where e.cardholder_id = ${who} limit 1`,
		sql`insert into case_view (application_id, staff_id, seen_at)
			select a.id, s.id, now() from application a, staff s where a.cardholder_id = ${who} limit 1`,
		sql`insert into application_hand (application_id, staff_id, hand)
			select a.id, s.id, 'made' from application a, staff s where a.cardholder_id = ${who} limit 1`,
		sql`insert into information_request (application_id, staff_id, fence, asked_at, due_on)
			select a.id, s.id, 1, now(), '2026-11-30' from application a, staff s where a.cardholder_id = ${who} limit 1`,
		sql`insert into information_item (request_id, application_id, position, what, reason, words)
			select q.id, q.application_id, 1, 'answer', 'other', 'w' from information_request q
			join application a on a.id = q.application_id where a.cardholder_id = ${who} limit 1`,
		sql`insert into words_erasure (application_id, kind, erased_at, outcome, ended_on, kept_days)
			select id, 'situation', now(), 'declined', '2026-11-28', 0 from application where cardholder_id = ${who} limit 1`,
		sql`insert into contact_hold (account_id, cardholder_id, application_id, kind, until, staff_id, at)
			select a.account_id, a.cardholder_id, a.id, 'dispute', '2026-12-30', s.id, now()
			from application a, staff s where a.cardholder_id = ${who} limit 1`,
		// Whatever was decided: that an objection is to a decline, another test holds.
		sql`alter table objection disable trigger objection_keeps_deciders_away`,
		sql`insert into objection (application_id, decision_id, cardholder_id, words, at, answer_by)
			select a.id, d.id, ${who}, 'o', now(), '2026-11-28' from application a join decision d on d.application_id = a.id
			where a.cardholder_id = ${who} limit 1`,
		sql`alter table objection enable trigger objection_keeps_deciders_away`,
		sql`insert into second_review (application_id, decision_id, drawn_at)
			select a.id, d.id, now() from application a join decision d on d.application_id = a.id
			where a.cardholder_id = ${who} limit 1 on conflict do nothing`,
		sql`insert into counter_offer (application_id, decision_id, quote_id, offered_at, expires_at)
			select a.id, d.id, a.quote_id, now(), now() from application a join decision d on d.application_id = a.id
			where a.cardholder_id = ${who} limit 1`,
	];
	for (const statement of statements) await statement.execute(owner);
}
