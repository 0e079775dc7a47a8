import { type Kysely, sql } from 'kysely';

/**
 * The hash chain over the audit log. A deed only notes that its row is still to be sealed; a job seals such rows in batches, so
 * that the chain's one end stands in nobody's way.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table audit_unsealed (audit_id bigint primary key);
		create function note_unsealed_audit() returns trigger language plpgsql as $$
			begin
				insert into audit_unsealed (audit_id) values (new.id);
				return new;
			end $$;
		create trigger audit_log_is_sealed after insert on audit_log
			for each row execute function note_unsealed_audit();
		insert into audit_unsealed (audit_id) select id from audit_log;

		create table audit_seal (
			number bigint primary key check (number > 0),
			audit_ids bigint[] not null check (cardinality(audit_ids) > 0),
			row_hashes bytea[] not null check (cardinality(row_hashes) = cardinality(audit_ids)),
			hash bytea not null unique check (octet_length(hash) = 32),
			sealed_at timestamptz not null
		);
		create trigger audit_seal_never_changes before update or delete on audit_seal
			for each row execute function refuse_change();
		create trigger audit_seal_never_emptied before truncate on audit_seal
			for each statement execute function refuse_change();

		-- The end of the chain, apart from it: a chain cut short does not end here.
		create table audit_head (
			is_head boolean primary key default true check (is_head),
			number bigint not null,
			hash bytea not null check (octet_length(hash) = 32)
		);
	`.execute(db);
}
