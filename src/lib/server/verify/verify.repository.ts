import { sql } from 'kysely';
import type { Db } from '#lib/server/db/connect.ts';

/** A promise that the database does not keep: which record, of which kind. */
export interface Breach {
	readonly promise: string;
	readonly record: string;
}

/**
 * What must hold between records, each as a query for those that break it. What one row alone must hold stands in the
 * schema's own checks.
 */
const PROMISES: Readonly<Record<string, string>> = {
	'a decided application has the decision that decided it': `
		select a.reference from application a
			left join decision d on d.application_id = a.id and d.outcome in ('approved', 'declined')
				and not exists (select from objection o where o.decision_id = d.id)
			left join counter_offer c on c.application_id = a.id and c.answer = 'accepted'
		where (a.status in ('approved', 'declined')) is distinct from (d.id is not null or c.id is not null)
			or (d.outcome is not null and d.outcome <> a.status)
			or (c.id is not null and (d.id is not null or a.status <> 'approved'))`,
	'a submitted application waits in the queue, and no other does': `
		select a.reference from application a left join review r on r.application_id = a.id and r.closed_at is null
		where (a.status in ('submitted', 'in_review')) is distinct from (r.application_id is not null)`,
	'an application that is in review was taken by somebody': `
		select a.reference from application a join review r on r.application_id = a.id
		where a.status = 'in_review' and r.staff_id is null`,
	'an objection is open only while somebody looks at its application again': `
		select a.reference from objection o join application a on a.id = o.application_id
		where o.closed_at is null and a.status not in ('submitted', 'in_review', 'more_requested')`,
	'an open application belongs to the holder of its account': `
		select a.reference from application a join account c on c.id = a.account_id
		where a.status in ('draft', 'submitted', 'in_review', 'more_requested', 'counter_offered') and a.cardholder_id <> c.cardholder_id`,
	'a quote is for its application and its account': `
		select 'quote ' || q.number from quote q join application a on a.id = q.application_id
		where q.account_id <> a.account_id`,
	'an application rests on a quote of its own': `
		select a.reference from application a join quote q on q.id = a.quote_id where q.application_id <> a.id`,
	'evidence belongs to the person whose application it is with': `
		select 'evidence ' || e.id from evidence e join application a on a.id = e.application_id
		where e.cardholder_id <> a.cardholder_id`,
	'a living access link leads to the holder of its account': `
		select 'link ' || l.id from access_link l join account a on a.id = l.account_id
		where l.revoked_at is null and l.expires_at > now() and l.cardholder_id <> a.cardholder_id`,
	'a session shows accounts of its own cardholder only': `
		select 'session of ' || s.cardholder_id from cardholder_session s join account a on a.id = s.account_id
		where s.expires_at > now() and s.cardholder_id <> a.cardholder_id`,
	'nobody decided an application that they had a hand in, chose for themselves, or that is their own': `
		select distinct a.reference from decision d join application a on a.id = d.application_id
			join staff s on s.id in (d.staff_id, d.first_staff_id)
		where s.cardholder_id = a.cardholder_id
			or exists (select from application_hand h where h.application_id = a.id and h.staff_id = s.id
				and (h.hand <> 'decided' or h.at < d.decided_at))
			or exists (select from review_taking t
				where t.application_id = a.id and t.staff_id = s.id and t.taken_by = 'own_choice')`,
	'what takes two people was decided by two': `
		select a.reference from decision d join application a on a.id = d.application_id
			left join counter_offer c on c.decision_id = d.id
		where d.approval_id is null
			and needs_second_approver(case d.outcome when 'approved' then a.quote_id else c.quote_id end)`,
	'every message handed over stands in the contact log, and nothing else does': `
		select 'message ' || coalesce(m.id, l.outbox_message_id)
		from (select * from outbox_message where status = 'handed_over') m
			full join contact_log l on l.outbox_message_id = m.id
		where m.id is null or l.id is null or m.cardholder_id <> l.cardholder_id or m.template <> l.template
			or m.just_asked_for <> l.just_asked_for`,
	'what counts as told by push was told by its device to have come': `
		select 'message ' || l.outbox_message_id from contact_log l
		where l.channel = 'push' and not exists
			(select from push_attempt p where p.outbox_message_id = l.outbox_message_id and p.received_at is not null)`,
	'nobody whose number is silenced is told by push': `
		select 'device ' || s.id from push_subscription s join cardholder c on c.id = s.cardholder_id
			join silenced_number n on n.phone = c.phone and n.lifted_at is null
		where s.made_at < n.silenced_at`,
	'a statement and a posting have an account': `
		select 'posting ' || p.id || ' of account ' || p.account_id from posting p
		where not exists (select from account a where a.id = p.account_id)`,
	'more is asked of an application exactly while one request waits for its cardholder': `
		select a.reference from application a
			left join information_request q on q.application_id = a.id and q.closed_at is null
		where (a.status = 'more_requested') is distinct from (q.id is not null)`,
	'an application waits for an answer as long as an offer does': `
		select a.reference from application a left join counter_offer c on c.application_id = a.id and c.answer is null
		where (a.status = 'counter_offered') is distinct from (c.id is not null)`,
	'an offer was accepted with a code for its very terms, and the application approved on them': `
		select a.reference from counter_offer c join application a on a.id = c.application_id join quote q on q.id = c.quote_id
			left join confirmation k on k.id = c.confirmation_id
		where c.answer = 'accepted' and (k.id is null or k.used_at is null or k.purpose <> 'accept_counter_offer'
			or k.subject_id <> c.id or k.subject_hash <> q.terms_hash or k.cardholder_id <> a.cardholder_id
			or k.account_id <> a.account_id or a.status <> 'approved' or a.quote_id is distinct from c.quote_id)`,
	'a code that was used for an offer accepted it': `
		select 'confirmation ' || k.id from confirmation k left join counter_offer c on c.confirmation_id = k.id
		where k.purpose = 'accept_counter_offer' and k.used_at is not null
			and (c.id is null or c.id <> k.subject_id or c.answer <> 'accepted')`,
	'an offer rests on a quote of its own application, and ends with it': `
		select a.reference from counter_offer c join application a on a.id = c.application_id join quote q on q.id = c.quote_id
		where q.application_id <> a.id or q.expires_at <> c.expires_at`,
	'a counter-offer is a decision with the plan that it offers': `
		select a.reference from decision d join application a on a.id = d.application_id
			left join counter_offer c on c.decision_id = d.id
		where (d.outcome = 'counter_offered') is distinct from (c.id is not null)
			or c.application_id <> d.application_id
			or (c.id is not null and d.inputs #>> '{offer,termsHash}' is distinct from
				(select encode(q.terms_hash, 'hex') from quote q where q.id = c.quote_id))`,
	'what was changed and sent again was taken back first, by the same person': `
		select a.reference from application a join application b on b.id = a.revises_id
		where b.status <> 'withdrawn' or b.account_id <> a.account_id or b.cardholder_id <> a.cardholder_id`,
	'every decision stands in the audit log': `
		select a.reference from decision d join application a on a.id = d.application_id
		where not exists (select from audit_log l
			where l.subject_id in (a.id::text, d.id::text) and l.actor_kind = 'staff' and l.actor_id = d.staff_id::text)`,
	'an agreement is signed exactly where its status says so, at the instant that it names': `
		select g.reference from agreement g left join agreement_signature s on s.agreement_id = g.id
		where (g.status in ('active', 'missed', 'lapsed', 'completed')) is distinct from (s.agreement_id is not null)
			or g.signed_at is distinct from s.signed_at
			or (s.agreement_id is not null) is distinct from exists
				(select from agreement_event e where e.agreement_id = g.id and e.kind = 'signed')`,
	'an agreement is for the approved application, quote and account that it rests on': `
		select g.reference from agreement g join application a on a.id = g.application_id join quote q on q.id = g.quote_id
		where a.status <> 'approved' or a.quote_id is distinct from g.quote_id or q.application_id <> a.id
			or a.account_id <> g.account_id or a.cardholder_id <> g.cardholder_id`,
	'what was signed is a document of the agreement, with a code that was sent for it and used': `
		select g.reference from agreement_signature s join agreement g on g.id = s.agreement_id
			join agreement_document d on d.id = s.document_id join confirmation c on c.id = s.confirmation_id
		where d.agreement_id <> g.id or d.kind <> 'agreement' or c.used_at is null or c.purpose <> 'sign_agreement'
			or c.subject_id <> g.id or c.subject_hash <> d.content_hash
			or c.cardholder_id <> g.cardholder_id or c.account_id <> g.account_id`,
	'the bytes of a PDF are those that were hashed': `
		select g.reference || ' document ' || d.id from agreement_document d join agreement g on g.id = d.agreement_id
		where sha256(d.pdf) <> d.pdf_sha256`,
	'a plan that ended has the event that says how, and a lapsed one a balance that is the sum of its lines': `
		select g.reference from agreement g
			left join agreement_event e on e.agreement_id = g.id and e.kind in ('lapsed', 'completed', 'settled_early')
		where (g.status in ('lapsed', 'completed')) is distinct from (e.id is not null)
			or (g.status = 'lapsed') is distinct from coalesce(e.kind = 'lapsed', false)
			or (e.kind = 'lapsed' and (e.detail ->> 'total')::bigint is distinct from
				(select sum(line.value::bigint) from jsonb_each_text(e.detail) line where line.key <> 'total'))`,
	'a plan is missed exactly where an instalment was missed and is not made good': `
		select g.reference from agreement g
		where g.status in ('active', 'missed') and (g.status = 'missed') is distinct from exists
			(select from agreement_event e where e.agreement_id = g.id and e.kind = 'missed' and not exists
				(select from agreement_event c
					where c.agreement_id = g.id and c.kind = 'cured' and c.instalment = e.instalment))`,
	'what was erased leaves its hash and why, and no name, key or words': `
		select 'evidence ' || e.id from evidence e left join evidence_upload u on u.evidence_id = e.id
		where e.removed_at is not null and (e.removal is null or (e.state = 'ready' and e.sha256 is null)
			or e.file_name <> '' or u.file_name <> '' or e.evidence_key_id is not null
			or exists (select from evidence_piece p where p.upload_id = u.id)
			or exists (select from evidence_check c where c.evidence_id = e.id and c.words <> ''))`,
	'words that were erased of a request are erased of all that it asked': `
		select distinct 'request ' || q.id from information_request q join information_item i on i.request_id = q.id
		where (q.erased_at is null) is distinct from (i.erased_at is null)`,
	'words that are said to be erased stand nowhere any more': `
		select a.reference || ' ' || e.kind from words_erasure e join application a on a.id = e.application_id
		where case e.kind
			when 'situation' then a.circumstances <> ''
			when 'asked' then exists (select from information_request q
				where q.application_id = a.id and q.asked_at <= e.erased_at and q.erased_at is null)
			when 'offer_answer' then exists (select from counter_offer c where c.application_id = a.id and c.answer_words <> '')
			when 'objection' then exists (select from objection o where o.application_id = a.id and o.words <> '')
			when 'decision' then exists (select from decision d where d.application_id = a.id
					and (d.words <> '' or coalesce(d.inputs #>> '{letter,own}', '') <> ''))
				or exists (select from approval p where p.application_id = a.id and p.words <> '')
			when 'note' then exists (select from review_note n
					where n.application_id = a.id and n.at <= e.erased_at and n.body <> '')
				or exists (select from decision d where d.application_id = a.id and d.note <> '')
				or exists (select from approval p where p.application_id = a.id and p.note <> '')
			end`,
	'an objection and a note have words until they are erased': `
		select a.reference || ' ' || e.kind from (
			select application_id, 'objection' from objection where words = ''
			union select application_id, 'note' from review_note where body = '') e (application_id, kind)
			join application a on a.id = e.application_id
		where not exists (select from words_erasure w where w.application_id = e.application_id and w.kind = e.kind)`,
	'only a signed agreement has instalments': `
		select distinct g.reference from agreement_instalment i join agreement g on g.id = i.agreement_id
		where not exists (select from agreement_signature s where s.agreement_id = g.id)`,
};

/** Every record that breaks a promise to another. */
export async function listBreaches(db: Db): Promise<Breach[]> {
	const breaches: Breach[] = [];
	for (const [promise, query] of Object.entries(PROMISES)) {
		const { rows } = await sql<{ record: string }>`
			select record from (${sql.raw(query)}) broken (record) order by record`.execute(db);
		breaches.push(...rows.map(({ record }) => ({ promise, record })));
	}
	return breaches;
}

/** Contacts that we began on one day with one person, where they are more than so many. */
export async function listContactsOverCap(db: Db, cap: number): Promise<string[]> {
	const { rows } = await sql<{ record: string }>`
		select cardholder_id || ' on ' || contacted_on as record from contact_log
		where not just_asked_for group by cardholder_id, contacted_on having count(*) > ${cap} order by 1`.execute(db);
	return rows.map(({ record }) => record);
}

/** The quotes, each with what its hash stands for; so many after a number. */
export async function listQuotesAfter(
	db: Db,
	number: number,
	limit: number,
): Promise<{ number: number; terms: object; termsHash: Buffer }[]> {
	return db
		.selectFrom('quote')
		.select(['number', 'terms', 'terms_hash as termsHash'])
		.where('number', '>', number)
		.orderBy('number')
		.limit(limit)
		.execute();
}
