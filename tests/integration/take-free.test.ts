import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { now } from '#lib/server/clock.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/staff.ts';
import { makeSubmittedApplication } from '../support/submitted-application.ts';

const database = useDatabase();

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

let made = 0;

/** Takes the only case that waits, and tells all that was written of it. */
async function taking(before: 'submitted' | 'in_review') {
	const { db, owner } = database;
	await db.updateTable('review').set({ closed_at: now() }).where('closed_at', 'is', null).execute();
	const { applicationId: id } = await makeSubmittedApplication(db, ++made);
	if (before === 'in_review')
		await owner.updateTable('application').set({ status: before }).where('id', '=', id).execute();
	const last = await owner
		.selectFrom('audit_log')
		.select((eb) => eb.fn.max('id').as('id'))
		.executeTakeFirstOrThrow();
	const staffId = await makeStaff(db, `takes-${String(made)}`);
	const claim = await claimNext(db, { staffId });
	if (!claim) throw new Error('nothing was taken');
	const { rows } = await sql<{ written: object }>`
		select json_build_object(
			'claim', ${JSON.stringify(claim)}::jsonb - '{applicationId,leaseExpiresAt,reference}'::text[],
			'claims this', ${claim.applicationId}::uuid = a.id and ${claim.reference}::text = a.reference
				and ${claim.leaseExpiresAt}::timestamptz = r.lease_expires_at,
			'application', json_build_array(a.status, a.version, a.updated_at = r.taken_at),
			'review', json_build_array(r.fence, r.staff_id = ${staffId}, r.lease_expires_at - r.taken_at, r.closed_at,
				r.assigned_to, r.assigned_by, r.paused_at, r.referred_at),
			'taking', (select json_agg(json_build_array(t.fence, t.staff_id = r.staff_id, t.taken_by, t.assigned_by, t.at = r.taken_at))
				from review_taking t where t.application_id = a.id),
			'audit', (select json_agg(json_build_array(l.actor_kind, l.actor_id = r.staff_id::text, l.action, l.subject_kind,
					l.subject_id = a.id::text, l.cardholder_id = a.cardholder_id, l.detail - 'reference',
					l.detail ->> 'reference' = a.reference, u.audit_id is not null) order by l.id)
				from audit_log l left join audit_unsealed u on u.audit_id = l.id
				where l.id > ${last.id} and l.action not like 'staff%')
		) as written
		from application a join review r on r.application_id = a.id where a.id = ${id}`.execute(owner);
	return rows[0]?.written;
}

test('a taking in one statement writes what the longer way writes', async () => {
	const { rows } = await sql<{ text: string }>`
		select pg_get_functiondef('take_free_review'::regproc) as text`.execute(database.owner);
	const short = [await taking('submitted'), await taking('in_review')];
	await sql`create or replace function take_free_review(seeker uuid, asked_at timestamptz, of_statuses text[])
		returns table (application_id uuid, reference text, fence bigint, lease_expires_at timestamptz)
		language sql as $$ select null::uuid, '', 0::bigint, now() where false $$`.execute(database.owner);
	const long = [await taking('submitted'), await taking('in_review')];
	await sql`${sql.raw(rows[0]?.text ?? '')}`.execute(database.owner);
	expect(short).toEqual(long);
	expect(JSON.stringify(short[0])).toContain('application.moved_to_in_review');
	expect(short[0]).toMatchObject({ 'claims this': true, application: ['in_review', expect.any(Number), true] });
});

test('a lease without a length is nobody’s, and nothing is taken', async () => {
	const { db } = database;
	const value = JSON.stringify({ leaseMinutes: 0, promisedWorkingDays: 3, confirmMinutes: 15 });
	const before = await db.selectFrom('setting').select('value').where('key', '=', 'review').executeTakeFirstOrThrow();
	await makeSubmittedApplication(db, ++made);
	const staffId = await makeStaff(db, `takes-${String(made)}`);
	await db.updateTable('setting').set({ value }).where('key', '=', 'review').execute();
	await expect(claimNext(db, { staffId })).rejects.toThrow('Invalid value');
	await db
		.updateTable('setting')
		.set({ value: JSON.stringify(before.value) })
		.where('key', '=', 'review')
		.execute();
	expect(await claimNext(db, { staffId })).toBeDefined();
});
