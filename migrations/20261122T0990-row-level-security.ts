import { type Kysely, sql } from 'kysely';

/**
 * The second wall: whoever forgets an owner in a query gets nothing of anybody else's all the same. Each connection says in
 * the setting `portal.identity` for whom it asks: `system`, `door` (nobody has signed in yet), `cardholder:ID`, or a role of
 * the staff with its person, `agent:ID`. Without one no row of a person is seen. The tables' owner is not bound, so that
 * migrations and the bank's own administrators go on working.
 */
type Who = 'cardholder' | 'door' | 'agent' | 'supervisor' | 'support' | 'admin';

/** `lock` lets a row be locked for what follows, and refuses every change of it. */
type Deed = 'select' | 'insert' | 'update' | 'delete' | 'lock';

/** Who may do what with which rows; all rows where no condition is given. */
type Rule = readonly [who: readonly Who[], deeds: readonly Deed[], rows?: string];

const OWN = 'cardholder_id = (select portal_person())';
const OF_OWN_ACCOUNT = 'account_id in (select id from account where cardholder_id = (select portal_person()))';
const OF_OWN_APPLICATION =
	'application_id in (select id from application where cardholder_id = (select portal_person()))';
const OF_OWN_AGREEMENT = 'agreement_id in (select id from agreement where cardholder_id = (select portal_person()))';
const OF_OWN_STAFF = 'staff_id::text = (select portal_person())';

/** What was never sent is nobody's business but its writer's. */
const SENT = `status <> 'draft'`;
const OF_SENT = `exists (select from application a where a.id = application_id and a.status <> 'draft')`;

const DESK: readonly Who[] = ['agent', 'supervisor'];
const STAFF: readonly Who[] = ['agent', 'supervisor', 'support', 'admin'];
const EVERYBODY: readonly Who[] = ['cardholder', 'door', ...STAFF];

/** The system may do everything that its grants allow; nobody anything that does not stand here. */
const RULES: Readonly<Record<string, readonly Rule[]>> = {
	cardholder: [
		[['cardholder'], ['select'], 'id = (select portal_person())'],
		[['door', 'support', ...DESK], ['select']],
		[['support'], ['update']],
	],
	account: [
		[['cardholder'], ['select', 'lock'], OWN],
		[
			['door', 'support'],
			['select', 'lock'],
		],
		[DESK, ['select']],
	],
	statement: [
		[['cardholder'], ['select'], OF_OWN_ACCOUNT],
		[DESK, ['select']],
	],
	posting: [
		[['cardholder'], ['select'], OF_OWN_ACCOUNT],
		[DESK, ['select']],
	],
	import_rejection: [
		[['cardholder'], ['select'], OF_OWN_ACCOUNT],
		[DESK, ['select']],
	],
	staff: [
		[STAFF, ['select']],
		[DESK, ['lock']],
		// A code once used is noted on one's own row, on which nobody gives themselves another role.
		[STAFF, ['update'], 'id::text = (select portal_person()) and role = (select portal_who())'],
		[
			['door', 'admin'],
			['select', 'update'],
		],
		[['admin'], ['insert']],
	],
	staff_enrolment: [
		[['door'], ['select', 'update']],
		[['admin'], ['select', 'insert', 'update']],
	],
	staff_session: [
		[
			['door', 'admin'],
			['select', 'insert', 'update', 'delete'],
		],
		[STAFF, ['select', 'update', 'delete'], OF_OWN_STAFF],
	],
	cardholder_session: [
		[['door'], ['select', 'insert', 'update', 'delete']],
		[['cardholder'], ['select', 'insert', 'update', 'delete'], OWN],
		[['support'], ['select', 'delete']],
	],
	kept_form: [
		[['door'], ['select', 'insert', 'update', 'delete']],
		[['cardholder'], ['select', 'delete'], `owner_kind = 'cardholder' and owner_id = (select portal_person())`],
		[STAFF, ['select', 'delete'], `owner_kind = 'staff' and owner_id = (select portal_person())`],
	],
	access_link: [
		[
			['door', 'support'],
			['select', 'insert', 'update'],
		],
	],
	sign_in_challenge: [
		[
			['door', 'support'],
			['select', 'insert', 'update', 'delete'],
		],
	],
	silenced_number: [
		[
			['door', 'support'],
			['select', 'insert', 'update'],
		],
	],
	application: [
		[['cardholder'], ['select', 'insert', 'update'], OWN],
		[DESK, ['select', 'update'], SENT],
	],
	quote: [
		[['cardholder'], ['select', 'insert'], OF_OWN_APPLICATION],
		[DESK, ['select', 'insert'], OF_SENT],
	],
	evidence: [
		[['cardholder'], ['select', 'insert', 'update'], OWN],
		[DESK, ['select'], OF_SENT],
	],
	evidence_key: [
		[['cardholder'], ['select', 'insert'], OF_OWN_APPLICATION],
		[DESK, ['select'], OF_SENT],
	],
	review: [
		[['cardholder'], ['select', 'insert', 'update'], OF_OWN_APPLICATION],
		[DESK, ['select', 'update']],
	],
	review_taking: [[DESK, ['select', 'insert']]],
	approval: [[DESK, ['select', 'insert', 'update']]],
	review_note: [[DESK, ['select', 'insert']]],
	application_hand: [[DESK, ['select', 'insert']]],
	decision: [
		[['cardholder'], ['select'], OF_OWN_APPLICATION],
		[DESK, ['select', 'insert']],
	],
	counter_offer: [
		[['cardholder'], ['select', 'update'], OF_OWN_APPLICATION],
		[DESK, ['select', 'insert', 'update']],
	],
	confirmation: [[['cardholder'], ['select', 'insert', 'update'], OWN]],
	agreement: [
		[['cardholder'], ['select', 'insert', 'update'], OWN],
		[DESK, ['select', 'insert', 'update']],
	],
	agreement_document: [[['cardholder'], ['select', 'insert'], OF_OWN_AGREEMENT]],
	agreement_signature: [[['cardholder'], ['select', 'insert'], OF_OWN_AGREEMENT]],
	agreement_instalment: [[['cardholder'], ['select', 'insert'], OF_OWN_AGREEMENT]],
	agreement_event: [
		[['cardholder'], ['select', 'insert'], OF_OWN_AGREEMENT],
		[DESK, ['select', 'insert']],
	],
	outbox_message: [
		[['cardholder'], ['select', 'insert', 'update'], OWN],
		[
			['door', 'support'],
			['select', 'insert', 'update'],
		],
		[DESK, ['select', 'insert']],
	],
	contact_log: [[['support'], ['select']]],
	inbox_message: [],
	audit_log: [
		[EVERYBODY, ['insert']],
		[['support'], ['select']],
		[DESK, ['select'], `subject_kind = 'application'`],
	],
	number_change: [
		[['cardholder'], ['select'], OWN],
		[['support'], ['select', 'insert', 'update']],
	],
	screen_code: [
		[['cardholder'], ['select', 'insert', 'update', 'delete'], OWN],
		[['door'], ['select', 'insert', 'update', 'delete']],
		[['support'], ['select']],
	],
	passkey_holder: [
		[['door'], ['select', 'insert', 'update']],
		[['cardholder'], ['select', 'insert', 'update'], OWN],
		[STAFF, ['select'], OF_OWN_STAFF],
	],
	passkey: [
		[['door'], ['select', 'insert', 'update']],
		[['cardholder'], ['select', 'insert', 'update'], OWN],
		[STAFF, ['select'], OF_OWN_STAFF],
		[['admin'], ['select', 'update'], 'staff_id is not null'],
	],
	passkey_challenge: [
		[['door'], ['select', 'insert', 'update']],
		[['cardholder'], ['select', 'insert', 'update'], OWN],
	],
	support_deed: [[['support'], ['select', 'insert']]],
};

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function portal_who() returns text language sql stable parallel safe
			return split_part(coalesce(current_setting('portal.identity', true), ''), ':', 1);
		create function portal_person() returns text language sql stable parallel safe
			return substring(current_setting('portal.identity', true) from ':(.*)$');
	`.execute(db);
	for (const [table, rules] of Object.entries(RULES)) {
		await sql`alter table ${sql.table(table)} enable row level security`.execute(db);
		const all = sql.raw(`(select portal_who()) = 'system'`);
		await sql`create policy system on ${sql.table(table)} using (${all}) with check (${all})`.execute(db);
		for (const [n, [who, deeds, rows]] of rules.entries()) {
			for (const deed of deeds) {
				const one = `(select portal_who()) in (${who.map((each) => `'${each}'`).join(', ')})`;
				const name = sql.id(`rule_${String(n + 1)}_${deed}`);
				const which = sql.raw(rows === undefined ? one : `${one} and ${rows}`);
				await sql`create policy ${name} on ${sql.table(table)} ${sql.raw(CLAUSES[deed].command)}
					${CLAUSES[deed].using ? sql`using (${which})` : sql``}
					${CLAUSES[deed].check === 'rows' ? sql`with check (${which})` : sql``}
					${CLAUSES[deed].check === 'never' ? sql`with check (false)` : sql``}`.execute(db);
			}
		}
	}
}

/** How each deed is written as a policy. */
const CLAUSES: Readonly<Record<Deed, { command: string; using: boolean; check: 'rows' | 'never' | 'none' }>> = {
	select: { command: 'for select', using: true, check: 'none' },
	insert: { command: 'for insert', using: false, check: 'rows' },
	update: { command: 'for update', using: true, check: 'rows' },
	delete: { command: 'for delete', using: true, check: 'none' },
	lock: { command: 'for update', using: true, check: 'never' },
};
