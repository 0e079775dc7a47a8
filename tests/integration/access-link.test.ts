import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openAccessLink, readLinkPage } from '#lib/server/access/open-access-link.ts';
import { resendAccessLink } from '#lib/server/access/resend-access-link.ts';
import { sendCode } from '#lib/server/access/send-code.ts';
import { signIn } from '#lib/server/access/sign-in.ts';
import { linkTokenHash } from '#lib/server/crypto/link-token.ts';
import { randomToken } from '#lib/server/crypto/random-token.ts';
import { addSomebody, holdClock, makeLink, codeOf, passSeconds, useEnv } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const ip = '192.0.2.7';
let staff: { id: string };

beforeAll(async () => {
	useEnv();
	staff = await database.db
		.insertInto('staff')
		.values({ login: 'ann', name: 'Ann', role: 'support' })
		.returning('id')
		.executeTakeFirstOrThrow();
});
beforeEach(() => holdClock());
afterEach(() => vi.useRealTimers());

async function isAlive(token: string | undefined): Promise<boolean> {
	return (await readLinkPage(database.db, { token, browser: undefined })).isAlive;
}

async function rowOf(token: string) {
	return database.db
		.selectFrom('access_link')
		.selectAll()
		.where('token_hash', '=', linkTokenHash(token))
		.executeTakeFirstOrThrow();
}

test('a link’s token stands in no row, no job and no audit entry', async () => {
	const { accountId } = await addSomebody(database.db);
	const token = await makeLink(database.db, accountId);
	expect(token).toMatch(/^[A-Za-z0-9_-]{22}$/);
	const everything = [
		await database.db.selectFrom('access_link').selectAll().execute(),
		await database.db.selectFrom('outbox_message').selectAll().execute(),
		await database.db.selectFrom('audit_log').selectAll().execute(),
		await database.db
			.withSchema('pgboss')
			.selectFrom('job' as never)
			.selectAll()
			.execute(),
	];
	expect(JSON.stringify(everything)).not.toContain(token);
});

test('opening a link 500 times notes the openings and changes nothing else', async () => {
	const { accountId } = await addSomebody(database.db);
	const token = await makeLink(database.db, accountId);
	const before = await rowOf(token);
	for (let count = 0; count < 500; count++) await openAccessLink(database.db, token, 'person');
	const { opened_count, first_opened_at, last_opened_at, ...after } = await rowOf(token);
	expect(opened_count).toBe(500);
	expect(first_opened_at).toEqual(last_opened_at);
	expect(before).toMatchObject(after);
	expect(await isAlive(token)).toBe(true);
	expect(await database.db.selectFrom('sign_in_challenge').selectAll().execute()).toEqual([]);
});

test('a link works for 72 hours', async () => {
	const { accountId } = await addSomebody(database.db);
	const token = await makeLink(database.db, accountId);
	passSeconds(72 * 3600 - 1);
	expect(await isAlive(token)).toBe(true);
	passSeconds(1);
	expect(await isAlive(token)).toBe(false);
	expect(await sendCode(database.db, { token, browser: randomToken(), ip })).toEqual({
		ok: false,
		refusal: 'link_dead',
	});
});

test('an unknown, a mistyped and a missing token are as dead as an old link', async () => {
	for (const token of [randomToken(16), 'nothing', '../../etc', undefined]) {
		expect(await isAlive(token)).toBe(false);
	}
	expect(await sendCode(database.db, { token: randomToken(16), browser: randomToken(), ip })).toEqual({
		ok: false,
		refusal: 'link_dead',
	});
});

test('a resend kills the old link, and what was begun with it', async () => {
	const person = await addSomebody(database.db);
	const old = await makeLink(database.db, person.accountId);
	const browser = randomToken();
	await sendCode(database.db, { token: old, browser, ip });
	const code = await codeOf(database.db, browser);
	expect(await resendAccessLink(database.db, { ...person, staff })).toMatchObject({ ok: true });
	expect(await isAlive(old)).toBe(false);
	expect(await signIn(database.db, { browser, code, idLast4: person.idLast4, ip })).toEqual({
		ok: false,
		refusal: 'over',
	});
	const alive = await database.db
		.selectFrom('access_link')
		.select('id')
		.where('account_id', '=', person.accountId)
		.where('revoked_at', 'is', null)
		.execute();
	expect(alive).toHaveLength(1);
});

test('support resends three times a day, and again the next day of the bank', async () => {
	const person = await addSomebody(database.db);
	await makeLink(database.db, person.accountId);
	for (let count = 0; count < 3; count++) {
		expect(await resendAccessLink(database.db, { ...person, staff })).toMatchObject({ ok: true });
		passSeconds(15 * 60);
	}
	expect(await resendAccessLink(database.db, { ...person, staff })).toEqual({ ok: false, refusal: 'too_many_resends' });
	// Half past eleven at night in Shanghai, then half an hour into the next day.
	vi.setSystemTime(new Date('2026-11-23T15:30:00Z'));
	expect(await resendAccessLink(database.db, { ...person, staff })).toMatchObject({ ok: false });
	vi.setSystemTime(new Date('2026-11-23T16:30:00Z'));
	expect(await resendAccessLink(database.db, { ...person, staff })).toMatchObject({
		ok: true,
		waitsUntil: new Date('2026-11-24T00:00:00Z'),
	});
});

test('of four resends at once one goes, since the next has to wait', async () => {
	const person = await addSomebody(database.db);
	const outcomes = await Promise.all([1, 2, 3, 4].map(() => resendAccessLink(database.db, { ...person, staff })));
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
});

test('support cannot send somebody a link to another person’s account', async () => {
	const [person, other] = [await addSomebody(database.db), await addSomebody(database.db)];
	const crossed = { cardholderId: person.cardholderId, accountId: other.accountId, staff };
	expect(await resendAccessLink(database.db, crossed)).toEqual({ ok: false, refusal: 'not_found' });
	expect(await resendAccessLink(database.db, { ...crossed, accountId: 'nothing' })).toEqual({
		ok: false,
		refusal: 'not_found',
	});
});

test('making a link is in the audit log with who made it', async () => {
	const person = await addSomebody(database.db);
	const outcome = await resendAccessLink(database.db, { ...person, staff });
	const entries = await database.db
		.selectFrom('audit_log')
		.select(['actor_kind', 'actor_id', 'action', 'cardholder_id'])
		.where('subject_id', '=', outcome.ok ? outcome.linkId : '')
		.execute();
	expect(entries).toEqual([
		{ actor_kind: 'staff', actor_id: staff.id, action: 'access_link.created', cardholder_id: person.cardholderId },
	]);
});
