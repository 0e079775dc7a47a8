import { createHash, randomBytes } from 'node:crypto';
import type { BrowserContext, Page } from '@playwright/test';
import { query } from './run-folder.ts';

const WALLED = [
	'application',
	'decision',
	'counter_offer',
	'information_request',
	'information_item',
	'review',
	'objection',
];

/** Past the database's own rules: a state is put there as it would stand, without the steps that lead to it. */
async function pastRules(statements: string): Promise<void> {
	const all = (verb: string) => WALLED.map((table) => `alter table ${table} ${verb} trigger user;`).join('\n');
	await query(`${all('disable')} ${statements} ${all('enable')}`);
}

/** What an application's page is staged with. */
export type Stage = 'in_review' | 'more_requested' | 'counter_offered' | 'declined';

/** Another's decision as it were this one's; after an objection it answers that. */
const decision = (id: string, outcome: string) => `
	insert into decision select (jsonb_populate_record(d, jsonb_build_object(
			'id', gen_random_uuid(), 'application_id', '${id}', 'outcome', '${outcome}',
			'objection_id', (select o.id from objection o where o.application_id = '${id}'), 'decided_at', now()))).*
		from decision d where d.outcome = 'declined' limit 1;`;

const cleared = (id: string) =>
	['counter_offer', 'decision', 'information_item', 'information_request']
		.map((table) => `delete from ${table} where application_id = '${id}';`)
		.join('\n');

const STAGES: Readonly<Record<Stage, (id: string) => string>> = {
	in_review: () => '',
	more_requested: (id) => `
		insert into information_request (application_id, staff_id, fence, asked_at, due_on)
			select '${id}', id, 1, now(), current_date + 7 from staff limit 1;
		insert into information_item (request_id, application_id, position, what, reason, words)
			select id, application_id, 1, 'answer', 'to_understand', '您什么时候可以恢复工作？'
			from information_request where application_id = '${id}';`,
	counter_offered: (id) => `${decision(id, 'counter_offered')}
		insert into counter_offer (application_id, decision_id, quote_id, offered_at, expires_at)
			select a.id, d.id, a.quote_id, now(), now() + interval '3 days'
			from application a join decision d on d.application_id = a.id where a.id = '${id}';`,
	declined: (id) => `${decision(id, 'declined')}`,
};

/** Puts an application where its cardholder has something to write, out of everybody's queue. */
export async function stage(id: string, status: Stage): Promise<void> {
	await pastRules(`update review set closed_at = now() where application_id = '${id}'; ${cleared(id)}
		update application set status = '${status}', decided_at = ${status === 'declined' ? 'now()' : 'null'} where id = '${id}'; ${STAGES[status](id)}`);
}

/** Declines an application once more, after an objection to the first decision. */
export async function declineAgain(id: string): Promise<void> {
	await pastRules(`update review set closed_at = now() where application_id = '${id}' and closed_at is null;
		update objection set closed_at = now(), outcome = 'upheld' where application_id = '${id}';
		update application set status = 'declined', decided_at = now() where id = '${id}'; ${decision(id, 'declined')}`);
}

/** Empties what was written on an application that was declined, as if its time had been over yesterday. */
export async function eraseWordsOf(id: string): Promise<void> {
	await pastRules(`
		insert into words_erasure (application_id, kind, erased_at, outcome, ended_on, kept_days)
			select '${id}', kind, now() - interval '1 day', 'declined', current_date - 1096, 1095
			from unnest(array['situation', 'asked', 'objection', 'decision', 'note']) kind;
		update application set circumstances = '' where id = '${id}';
		update objection set words = '' where application_id = '${id}';
		update decision set words = '', note = '', inputs = jsonb_set(inputs, '{letter,own}', 'null')
			where application_id = '${id}';`);
}

/** Takes a staged application out of every other test's way. */
export async function unstage(id: string): Promise<void> {
	await pastRules(`${cleared(id)}
		update application set status = 'withdrawn', decided_at = null, withdrawn_at = now() where id = '${id}';`);
}

/** Signs the person of an application in, on another device or once more on the same, past the door. */
export async function signInOf(id: string, device: BrowserContext, origin: string): Promise<void> {
	const token = randomBytes(32).toString('base64url');
	await query(
		`insert into cardholder_session (id, cardholder_id, account_id, expires_at)
		 select $1, cardholder_id, account_id, now() + interval '1 hour' from application where id = $2`,
		[createHash('sha256').update(token).digest('hex'), id],
	);
	await device.addCookies([{ name: 'session', value: token, url: origin }]);
}

/** The application that was sent last under a reference. */
export async function idOf(reference: string): Promise<string> {
	const [row] = await query<{ id: string }>('select id from application where reference = $1', [reference]);
	if (!row) throw new Error(`no application ${reference}`);
	return row.id;
}

/** Shows an agreement as it stands when nobody signed it in time, and puts it back as it was. */
export async function whileUnsigned(applicationId: string, show: () => Promise<unknown>): Promise<void> {
	const put = (change: string) => query(`update agreement set ${change} where application_id = $1`, [applicationId]);
	const day = `interval '30 days'`;
	await put(`status = 'expired', ended_at = now(), offered_at = offered_at - ${day}, sign_by = sign_by - ${day}`);
	await show().finally(() =>
		put(`status = 'offered', ended_at = null, offered_at = offered_at + ${day}, sign_by = sign_by + ${day}`),
	);
}

/** Signs in somebody of the demo before whom an agreement lies to be signed; returns the application's id. */
export async function signInWithOffer(page: Page): Promise<string> {
	const [row] = await query<{ id: string }>(
		`select application_id as id from agreement where status = 'offered' and sign_by > now() order by offered_at limit 1`,
	);
	if (!row) throw new Error('the demo has no agreement to be signed');
	await page.goto('/');
	await signInOf(row.id, page.context(), new URL(page.url()).origin);
	return row.id;
}
