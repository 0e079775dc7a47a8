import { type Kysely, sql } from 'kysely';

/**
 * In days after the agreement's end (approved), the last decision or the withdrawal, until the bank writes its own. What tells of the
 * person is kept as long as the documents beside it; what a quarrel about the decision would be about for the three years in which
 * a claim can be brought [Civil Code Art. 188]; all of it no longer than needed [PIPL Art. 19, 47]. Five years where there was an
 * agreement, as its evidence.
 */
const LIKE_EVIDENCE = { approved: 1825, declined: 180, withdrawn: 30, expired_draft: 0 };
const LIKE_CLAIMS = { approved: 1825, declined: 1095, withdrawn: 180, expired_draft: 0 };
const RETENTION = {
	situation: LIKE_EVIDENCE,
	asked: LIKE_EVIDENCE,
	offer_answer: LIKE_EVIDENCE,
	objection: LIKE_CLAIMS,
	decision: LIKE_CLAIMS,
	note: LIKE_CLAIMS,
};

const erasure = (kind: string, column: string, row = (of: 'old' | 'new') => `to_jsonb(${of})`) =>
	`is_words_erasure(${row('old')}, ${row('new')}, '${kind}', '${column}')`;

/** A letter's figures and the bank's own sentences stay as they were frozen; the agent's words in it go with the letter's text. */
const OWN = '{inputs,letter,own}';
const LETTER = `coalesce(new.inputs #>> '{letter,own}', '') = ''
	and ${erasure('decision', 'words', (of) => `to_jsonb(${of}) #- '${OWN}'`)}`;

/** What is written once, with the guard that it has had: it goes on refusing every change that is no erasure. */
const GUARDED: Readonly<Record<string, { trigger: string; guard: string; erasures: readonly string[] }>> = {
	decision: {
		trigger: 'decision_never_changes',
		guard: 'refuse_change',
		erasures: [erasure('note', 'note'), `(${LETTER})`],
	},
	review_note: {
		trigger: 'review_note_never_changes',
		guard: 'refuse_change',
		erasures: [erasure('note', 'body')],
	},
	approval: {
		trigger: 'approval_only_closes',
		guard: 'approval_only_closes',
		erasures: [erasure('note', 'note'), erasure('decision', 'words')],
	},
	objection: {
		trigger: 'objection_only_closes',
		guard: 'objection_only_closes',
		erasures: [erasure('objection', 'words')],
	},
	second_review: {
		trigger: 'second_review_by_other_eyes',
		guard: 'second_review_by_other_eyes',
		erasures: [erasure('note', 'note')],
	},
};

/**
 * Every free text has a rule by which it is erased. What was written once and never changes can be emptied by one function alone,
 * which the night's work calls, which refuses while anything lives to which the words belong, and which leaves behind what was
 * erased, when and by which rule. No figure is touched: frozen inputs lose the agent's own words in a letter and nothing else.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table words_erasure (
			application_id uuid not null references application (id),
			kind text not null check (kind in ('situation', 'asked', 'offer_answer', 'objection', 'decision', 'note')),
			erased_at timestamptz not null,
			-- The rule as it was then: so many days after that day, because it ended so.
			outcome text not null check (outcome in ('approved', 'declined', 'withdrawn', 'expired_draft')),
			ended_on date not null,
			kept_days integer not null check (kept_days >= 0),
			primary key (application_id, kind)
		);
		alter table words_erasure enable row level security;
		create policy system on words_erasure using ((select portal_who()) = 'system')
			with check ((select portal_who()) = 'system');
		create policy own_select on words_erasure for select using ((select portal_who()) = 'cardholder'
			and application_id in (select id from application where cardholder_id = (select portal_person())));
		create policy desk_select on words_erasure for select using ((select portal_who()) in ('agent', 'supervisor'));

		-- What still holds words, so that what was emptied in the years behind costs the night nothing.
		create index application_worded on application (id) where circumstances <> '';
		create index counter_offer_worded on counter_offer (application_id) where answer_words <> '';
		create index objection_worded on objection (application_id) where words <> '';
		create index decision_worded on decision (application_id) where words <> '';
		create index decision_noted on decision (application_id) where note <> '';
		create index approval_worded on approval (application_id) where words <> '';
		create index approval_noted on approval (application_id) where note <> '';
		create index review_note_worded on review_note (application_id) where body <> '';
		create index second_review_noted on second_review (application_id) where note <> '';

		-- What is written has words; only what is erased has none.
		alter table objection drop constraint objection_words_check,
			add constraint objection_words_check check (length(words) <= 2000);
		alter table review_note drop constraint review_note_body_check,
			add constraint review_note_body_check check (length(body) <= 2000);
		create function refuse_no_words() returns trigger language plpgsql as $$
			begin
				raise exception '% without words', tg_table_name using errcode = 'check_violation';
			end $$;
		create trigger objection_has_words before insert on objection
			for each row when (new.words = '') execute function refuse_no_words();
		create trigger review_note_has_words before insert on review_note
			for each row when (new.body = '') execute function refuse_no_words();

		-- Whether a change of a row empties words of an erased kind, and does nothing else; whoever asks.
		create function is_words_erasure(before jsonb, after jsonb, of_kind text, of_words text) returns boolean
			language sql stable security definer set search_path = public, pg_temp as $$
			select before - of_words = after - of_words and coalesce(after ->> of_words, '') = ''
				and exists (select from words_erasure e
					where e.application_id = (after ->> 'application_id')::uuid and e.kind = of_kind) $$;
	`.execute(db);
	for (const [table, { trigger, guard, erasures }] of Object.entries(GUARDED)) {
		const on = sql.table(table);
		await sql`drop trigger ${sql.id(trigger)} on ${on}`.execute(db);
		await sql`create trigger ${sql.id(trigger)} before update on ${on} for each row
			when (not (${sql.raw(erasures.join(' or '))})) execute function ${sql.raw(guard)}()`.execute(db);
		await sql`create trigger ${sql.id(`${table}_never_goes`)} before delete on ${on}
			for each row execute function ${sql.raw(guard)}()`.execute(db);
	}
	await sql`
		-- Runs with its owner's rights: the role that serves changes no decision and no note.
		create function erase_free_words(
			of_application uuid, of_kind text, at timestamptz, ended_as text, ended date, days integer) returns void
			language plpgsql security definer set search_path = public, pg_temp as $$
			begin
				if portal_who() <> 'system' then
					raise exception 'words are erased by the night''s work alone' using errcode = 'insufficient_privilege';
				end if;
				perform from application a where a.id = of_application for update;
				if not exists (select from application a where a.id = of_application
						and a.status in ('approved', 'declined', 'withdrawn')
						and not exists (select from agreement g where g.application_id = a.id and g.ended_at is null)
						and not exists (select from objection o where o.application_id = a.id and o.closed_at is null)
						and not exists (select from contact_hold h where h.account_id = a.account_id and h.ended_at is null)) then
					raise exception 'words are kept while their application, its agreement, an objection or a hold lives'
						using errcode = 'restrict_violation';
				end if;
				insert into words_erasure (application_id, kind, erased_at, outcome, ended_on, kept_days)
					values (of_application, of_kind, at, ended_as, ended, days)
					on conflict (application_id, kind) do update set erased_at = excluded.erased_at,
						outcome = excluded.outcome, ended_on = excluded.ended_on, kept_days = excluded.kept_days;
				case of_kind
					when 'situation' then
						update application set circumstances = '' where id = of_application;
					when 'asked' then
						update information_item set words = '', answer = '', erased_at = at
							where application_id = of_application and erased_at is null;
						update information_request set words = '', erased_at = at
							where application_id = of_application and erased_at is null;
					when 'offer_answer' then
						update counter_offer set answer_words = '' where application_id = of_application and answer_words <> '';
					when 'objection' then
						update objection set words = '' where application_id = of_application and words <> '';
					when 'decision' then
						update decision set words = '', inputs = case when coalesce(inputs #>> '{letter,own}', '') = '' then inputs
								else jsonb_set(inputs, '{letter,own}', 'null') end
							where application_id = of_application and words <> '';
						update approval set words = '' where application_id = of_application and words <> '';
					when 'note' then
						update review_note set body = '' where application_id = of_application and body <> '';
						update decision set note = '' where application_id = of_application and note <> '';
						update approval set note = '' where application_id = of_application and note <> '';
						update second_review set note = '' where application_id = of_application and note <> '';
				end case;
			end $$;
	`.execute(db);
	// A bank that has written how long documents of no known kind are kept has written it for the words of its requests too.
	await sql`
		insert into setting (key, value)
		select 'words_retention', ${JSON.stringify(RETENTION)}::jsonb || coalesce(
			(select jsonb_build_object('asked', s.value -> 'other') from setting s
				where s.key = 'evidence_retention' and s.value ? 'other'), '{}')
		on conflict (key) do nothing`.execute(db);
}
