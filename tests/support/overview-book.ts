import { sql } from 'kysely';
import { REASONS } from '#lib/domain/application/reason.ts';
import { addDays, type Day } from '#lib/domain/day.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** What the portal comes with as the bank's reasons for declining. */
const DECLINE_REASONS = [
	'evidence_not_readable',
	'evidence_does_not_show_it',
	'evidence_missing',
	'plan_not_affordable',
	'able_to_pay',
	'not_eligible',
	'earlier_agreement_broken',
	'debt_in_dispute',
	'other',
] as const;

/** What becomes of an application by the last digit of its number. */
const FATES = [
	'waits',
	'held',
	'approved',
	'approved',
	'approved',
	'declined',
	'declined',
	'offered',
	'returned',
	'lapsed',
];

/** An application of the made book: its days are those of Shanghai, its hours half past. */
export interface BookCase {
	readonly fate: string;
	readonly reason: (typeof REASONS)[number];
	readonly declineReason: (typeof DECLINE_REASONS)[number];
	readonly queuedOn: Day;
	readonly queuedHour: number;
	/** The day after, at nine and at ten. */
	readonly decidedOn: Day;
	/** When an offer was answered, or ran out. */
	readonly answeredOn: Day;
}

/** The case of a number, counted from nought. */
export function bookCase(n: number, today: Day): BookCase {
	const queuedOn = addDays(today, -(10 + (n % 60)));
	const fate = FATES[n % 10] ?? '';
	return {
		fate,
		reason: REASONS[n % 8] ?? 'other',
		declineReason: DECLINE_REASONS[n % 9] ?? 'other',
		queuedOn,
		queuedHour: n % 24,
		decidedOn: addDays(queuedOn, 1),
		answeredOn: addDays(queuedOn, fate === 'lapsed' ? 8 : 2),
	};
}

const list = (values: readonly string[]) => sql.raw(`('{${values.join(',')}}'::text[])`);

/**
 * Writes a book of so many applications straight into the tables, past the triggers that ask who decided: for counting, not for
 * deciding. Asked with the role that owns them.
 */
export async function makeBook(owner: Db, cases: number, { today, staffId }: { today: Day; staffId: string }) {
	await owner.transaction().execute(async (trx) => {
		for (const table of GUARDED) await sql`alter table ${sql.table(table)} disable trigger user`.execute(trx);
		for (const step of steps(cases, { today, staffId })) await step.execute(trx);
		for (const table of GUARDED) await sql`alter table ${sql.table(table)} enable trigger user`.execute(trx);
	});
}

const GUARDED = ['decision', 'counter_offer', 'quote', 'review_taking', 'application', 'review'];

function steps(cases: number, { today, staffId }: { today: Day; staffId: string }) {
	return [
		sql`
		create temp table book on commit drop as
		select n, md5('book ' || n)::uuid as id, ${list(FATES)}[n % 10 + 1] as fate, ${list(REASONS)}[n % 8 + 1] as reason,
			${list(DECLINE_REASONS)}[n % 9 + 1] as why,
			(${today}::date - 10 - n % 60 + make_interval(hours => n % 24, mins => 30)) at time zone 'Asia/Shanghai' as queued,
			(${today}::date - 9 - n % 60 + time '09:30') at time zone 'Asia/Shanghai' as taken,
			(${today}::date - 9 - n % 60 + time '10:30') at time zone 'Asia/Shanghai' as decided,
			(${today}::date - n % 60 + make_interval(days => case when n % 10 = 9 then -2 else -8 end, hours => 12))
				at time zone 'Asia/Shanghai' as answered
		from generate_series(0, ${cases - 1}::int) n`,
		sql`insert into cardholder (id, name, phone, id_last4, locale)
			select 'B-' || n, 'x', '+8613' || lpad(n::text, 9, '0'), '1234', 'en' from book`,
		sql`insert into account (id, cardholder_id, card_last4, currency, policy_code, opened_on)
			select 'B-' || n, 'B-' || n, '0001', 'CNY', 'cn-standard', '2020-01-01' from book`,
		sql`insert into application (id, account_id, cardholder_id, locale, reason) select id, 'B-' || n, 'B-' || n, 'en', reason from book`,
		sql`insert into quote (id, application_id, account_id, product_code, product_version, as_of, posting_mark, terms, terms_hash, expires_at)
			select id, id, 'B-' || n, 'personal-instalments', 1, ${today}, 0, '{}', sha256(id::text::bytea), now() from book`,
		sql`update application a set status = case b.fate when 'waits' then 'submitted' when 'held' then 'in_review'
				when 'offered' then 'counter_offered' when 'returned' then 'submitted' when 'lapsed' then 'withdrawn' else b.fate end,
			quote_id = a.id, submitted_at = b.queued, consented_at = b.queued,
			decided_at = case when b.fate in ('approved', 'declined') then b.decided end,
			withdrawn_at = case when b.fate = 'lapsed' then b.answered end
			from book b where b.id = a.id`,
		sql`insert into review (application_id, queued_at, due_at, closed_at, staff_id, taken_at, lease_expires_at, fence)
			select id, queued, queued + interval '3 days', case when fate not in ('waits', 'held', 'returned') then decided end,
				case when fate = 'held' then ${staffId}::uuid end, case when fate = 'held' then taken end,
				case when fate = 'held' then now() + interval '1 hour' end, 1 from book`,
		sql`insert into review_taking (application_id, fence, staff_id, taken_by, at)
			select id, 1, ${staffId}, 'queue', taken from book where fate <> 'waits'`,
		sql`insert into decision (id, application_id, staff_id, fence, outcome, reason_code, inputs, decided_at)
			select id, id, ${staffId}, 1, case when fate in ('approved', 'declined') then fate else 'counter_offered' end,
				case when fate = 'declined' then why end, '{}', decided from book where fate not in ('waits', 'held')`,
		sql`insert into counter_offer (application_id, decision_id, quote_id, offered_at, expires_at, answer, answered_at)
			select id, id, id, decided, answered, case fate when 'returned' then 'declined' when 'lapsed' then 'lapsed' end,
				case when fate <> 'offered' then answered end from book where fate in ('offered', 'returned', 'lapsed')`,
	];
}
