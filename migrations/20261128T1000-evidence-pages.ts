import { type Kysely, sql } from 'kysely';

/**
 * Evidence arrives in pieces, is prepared apart from its arrival, and is looked at page by page. A page is `received` as soon as its
 * bytes are kept, `ready` once they were scanned, decoded and written anew, or `refused` with its reason; before that nobody sees
 * it. What is erased leaves its row behind, with the hash and why.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table evidence
			drop constraint evidence_content_type_check,
			alter column sha256 drop not null,
			alter column storage_key drop not null,
			add column state text not null default 'ready' check (state in ('received', 'ready', 'refused')),
			add column refusal text,
			add column prepared_at timestamptz,
			add column position integer not null default 0,
			add column turns smallint not null default 0 check (turns between 0 and 3),
			add column removal text
				check (removal in ('by_cardholder', 'replaced', 'consent_withdrawn', 'draft_expired', 'retention')),
			add constraint evidence_content_type check (content_type in
				('image/jpeg', 'image/png', 'application/pdf') or (state <> 'ready' and content_type in ('image/webp', 'image/heic'))),
			add constraint evidence_ready check (state <> 'ready' or (sha256 is not null and storage_key is not null)),
			add constraint evidence_refused check ((state = 'refused') = (refusal is not null));
		update evidence set removal = 'by_cardholder' where removed_at is not null;
		alter table evidence
			add constraint evidence_removal check ((removal is null) = (removed_at is null));
		update evidence e set position = n.number, prepared_at = e.received_at
			from (select id, row_number() over (partition by application_id order by received_at, id) as number from evidence) n
			where n.id = e.id;

		create table evidence_upload (
			id uuid primary key default gen_random_uuid(),
			application_id uuid not null references application (id),
			cardholder_id text not null references cardholder (id),
			client_id uuid not null,
			kind text not null,
			file_name text not null,
			byte_size bigint not null check (byte_size > 0),
			received bigint not null default 0 check (received between 0 and byte_size),
			content_type text,
			replaces_id uuid references evidence (id),
			consented boolean not null default false,
			evidence_id uuid unique references evidence (id),
			created_at timestamptz not null default now(),
			touched_at timestamptz not null default now(),
			unique (application_id, client_id)
		);
		create index evidence_upload_touched on evidence_upload (touched_at);

		create table evidence_piece (
			upload_id uuid not null references evidence_upload (id) on delete cascade,
			start bigint not null check (start >= 0),
			byte_size bigint not null check (byte_size > 0),
			storage_key text not null unique,
			evidence_key_id uuid not null references evidence_key (id),
			primary key (upload_id, start)
		);
		create index evidence_piece_by_key on evidence_piece (evidence_key_id);

		create table evidence_check (
			evidence_id uuid primary key references evidence (id),
			application_id uuid not null references application (id),
			staff_id uuid not null references staff (id),
			verdict text not null check (verdict in ('accepted', 'again')),
			reason text,
			words text not null default '' check (length(words) <= 500),
			at timestamptz not null default now(),
			check ((verdict = 'again') = (reason is not null))
		);
		create index evidence_check_application on evidence_check (application_id);

		create table evidence_pin (
			application_id uuid not null references application (id),
			line text not null,
			evidence_id uuid not null references evidence (id),
			page integer not null default 0 check (page >= 0),
			staff_id uuid not null references staff (id),
			at timestamptz not null default now(),
			primary key (application_id, line)
		);
	`.execute(db);
	for (const [table, rules] of Object.entries(RULES)) {
		await sql`alter table ${sql.table(table)} enable row level security`.execute(db);
		await sql`create policy system on ${sql.table(table)} using ((select portal_who()) = 'system')
			with check ((select portal_who()) = 'system')`.execute(db);
		for (const [name, clause] of Object.entries(rules)) {
			await sql`create policy ${sql.id(name)} on ${sql.table(table)} ${sql.raw(clause)}`.execute(db);
		}
	}
}

const CARDHOLDER = `(select portal_who()) = 'cardholder'`;
const DESK = `(select portal_who()) in ('agent', 'supervisor')`;
const OWN = `${CARDHOLDER} and cardholder_id = (select portal_person())`;
const OF_OWN_UPLOAD = `${CARDHOLDER} and upload_id in
	(select id from evidence_upload where cardholder_id = (select portal_person()))`;
const OF_OWN_APPLICATION = `${CARDHOLDER} and application_id in
	(select id from application where cardholder_id = (select portal_person()))`;
const OF_SENT = `${DESK} and exists (select from application a where a.id = application_id and a.status <> 'draft')`;

const all = (rows: string) => `for all using (${rows}) with check (${rows})`;

/** For whom each new table's rows are; see the wall around the others. */
const RULES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	evidence_upload: { own: all(OWN) },
	evidence_piece: { own: all(OF_OWN_UPLOAD) },
	evidence_check: { own: `for select using (${OF_OWN_APPLICATION})`, desk: all(OF_SENT) },
	evidence_pin: { desk: all(OF_SENT) },
};
