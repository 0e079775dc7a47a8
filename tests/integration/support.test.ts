import { beforeAll, expect, test } from 'vitest';
import { createAccessLink } from '#lib/server/access/create-access-link.ts';
import { resendAccessLink } from '#lib/server/access/resend-access-link.ts';
import { now } from '#lib/server/clock.ts';
import { deliverMessage } from '#lib/server/message/deliver-message.ts';
import { findPeople } from '#lib/server/support/find-people.ts';
import { findNamedAccount, findPerson } from '#lib/server/support/read-person.ts';
import { load } from '../../src/routes/(staff)/support/[id]/+page.server.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/staff.ts';
import { type Applied, makeOverdueAccount, makeSubmittedApplication } from '../support/submitted-application.ts';

const database = useDatabase();
let staffId = '';
let applied: Applied;

beforeAll(async () => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
	staffId = await makeStaff(database.db, 'helper', 'support');
	applied = await makeSubmittedApplication(database.db, 1);
});

test('a phone number is found however the caller says it, and so is a customer id', async () => {
	for (const spelling of [
		'+8613800000001',
		'13800000001',
		'138 0000 0001',
		'138-0000-0001',
		'0086 138 0000 0001',
		'１３８０００００００１',
		applied.cardholderId,
		`  ${applied.cardholderId} `,
	]) {
		const people = await findPeople(database.db, spelling);
		expect([spelling, people.map(({ cardholderId }) => cardholderId)]).toEqual([spelling, [applied.cardholderId]]);
	}
	for (const other of ['', '   ', '\u0000', 'nobody', '13899999999', "' or 1=1 --", 'x'.repeat(500)]) {
		expect(await findPeople(database.db, other)).toEqual([]);
	}
});

test('an address that no customer id can be leads nowhere', async () => {
	for (const cardholderId of ['', 'nobody', 'C\u0000', '\ud83d']) {
		expect(await findPerson(database.db, { cardholderId, staffId })).toBeUndefined();
	}
});

test('a number comes back masked but for its last four', async () => {
	const [person] = await findPeople(database.db, applied.phone);
	expect(person?.phone).toMatch(/0001$/);
	expect(JSON.stringify(person)).not.toContain('138');
});

test('two people who share a phone are both found', async () => {
	const first = await makeOverdueAccount(database.db, 21);
	const second = await makeOverdueAccount(database.db, 22);
	await database.db
		.updateTable('cardholder')
		.set({ phone: first.phone })
		.where('id', '=', second.cardholderId)
		.execute();
	expect(await findPeople(database.db, first.phone)).toHaveLength(2);
});

test('support resends a link at most three times a day, even at once, and the old one dies', async () => {
	const { cardholderId, accountId } = await makeOverdueAccount(database.db, 31);
	const order = { cardholderId, accountId, staff: { id: staffId } };
	const outcomes = await Promise.all(Array.from({ length: 6 }, () => resendAccessLink(database.db, order)));
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(3);
	const alive = await database.db
		.selectFrom('access_link')
		.select('id')
		.where('account_id', '=', accountId)
		.where('revoked_at', 'is', null)
		.execute();
	expect(alive).toHaveLength(1);
	const person = await findPerson(database.db, { cardholderId, staffId });
	expect(person?.accounts).toMatchObject([{ resendsToday: 3, resendsPerDay: 3 }]);
});

test('the preflight says when a message would go: now in the day, at eight in the night', async () => {
	const { cardholderId } = await makeOverdueAccount(database.db, 41);
	const zoneAt = (hour: number) => {
		// A zone in which it is that hour now: no test waits for the night.
		const offset = (hour - now().getUTCHours() + 24) % 24;
		return offset <= 12 ? `Etc/GMT-${String(offset)}` : `Etc/GMT+${String(24 - offset)}`;
	};
	const preflightIn = async (zone: string) => {
		await database.db.updateTable('cardholder').set({ time_zone: zone }).where('id', '=', cardholderId).execute();
		return (await findPerson(database.db, { cardholderId, staffId }))?.accounts[0];
	};
	expect(await preflightIn(zoneAt(12))).toMatchObject({ waitsFor: 'nothing' });
	const night = await preflightIn(zoneAt(3));
	expect(night?.waitsFor).toBe('hours');
	const opens = new Intl.DateTimeFormat('sv-SE', { timeZone: zoneAt(3), hour: '2-digit', minute: '2-digit' });
	expect(opens.format(night?.sendsAt)).toBe('08:00');
});

test('the trail tells the steps of a link from its making on, without its token', async () => {
	const { cardholderId, accountId } = await makeOverdueAccount(database.db, 51);
	await database.db.updateTable('cardholder').set({ time_zone: 'UTC' }).where('id', '=', cardholderId).execute();
	const actor = { kind: 'command', id: null } as const;
	const { url } = await database.db
		.transaction()
		.execute((trx) => createAccessLink(trx, { accountId, actor, template: 'reminder' }));
	await resendAccessLink(database.db, { cardholderId, accountId, staff: { id: staffId } });
	const person = await findPerson(database.db, { cardholderId, staffId });
	expect(person?.trail.map(({ kind }) => kind).sort()).toEqual(
		['link_made', 'link_made', 'link_replaced', 'message_waits', 'message_waits'].sort(),
	);
	expect(person?.trail.find(({ staffName }) => staffName)).toMatchObject({ kind: 'link_made', staffName: 'helper' });
	expect(JSON.stringify(person)).not.toContain(url.slice(url.lastIndexOf('/') + 1));
});

test('an account is named by its place and its card together', async () => {
	const { cardholderId, accountId } = await makeOverdueAccount(database.db, 61);
	expect(await findNamedAccount(database.db, { cardholderId, account: 0, cardLast4: '4821' })).toBe(accountId);
	expect(await findNamedAccount(database.db, { cardholderId, account: 0, cardLast4: '0000' })).toBeUndefined();
	expect(await findNamedAccount(database.db, { cardholderId, account: 1, cardLast4: '4821' })).toBeUndefined();
});

test('what the support page loads holds no amount, no document, no token, no code and no whole number', async () => {
	const { db } = database;
	const { cardholderId, accountId, applicationId, phone } = applied;
	await resendAccessLink(db, { cardholderId, accountId, staff: { id: staffId } });
	await db
		.insertInto('evidence')
		.values({
			application_id: applicationId,
			cardholder_id: cardholderId,
			kind: 'medical_record',
			file_name: 'hospital-stay.jpg',
			content_type: 'image/jpeg',
			byte_size: 12_345,
			sha256: Buffer.alloc(32),
			storage_key: 'key-of-the-document',
		})
		.execute();
	for (const { id } of await db.selectFrom('outbox_message').select('id').execute()) await deliverMessage(db, id);
	const locals = { db, staff: { id: staffId, role: 'support' } };
	const event = { locals, params: { id: cardholderId }, url: new URL('https://bank.example/support/1') };
	const loaded = JSON.stringify(await load(event as unknown as Parameters<typeof load>[0]));

	expect(loaded).toContain(cardholderId);
	// Every amount of this person, in every spelling: minor units, a decimal, grouped.
	for (const amount of await amountsOf(accountId, applicationId))
		expect([amount, loaded.includes(amount)]).toEqual([amount, false]);
	expect(loaded).not.toMatch(/[¥￥]|\d\.\d\d(?!\d)|amount|principal|interest|balance|owed|outstanding|instal/i);
	expect(loaded).not.toMatch(/hospital|medical|document|evidence|illness/i);
	expect(loaded).not.toContain(phone.slice(3));
	expect(loaded).not.toMatch(/\/l\/|"token|"code|seed|hash/i);
	expect(loaded).not.toContain(accountId);
});

async function amountsOf(accountId: string, applicationId: string): Promise<string[]> {
	const { db } = database;
	const postings = await db.selectFrom('posting').select('amount').where('account_id', '=', accountId).execute();
	const quote = await db
		.selectFrom('quote')
		.select('terms')
		.where('application_id', '=', applicationId)
		.executeTakeFirstOrThrow();
	const decimals = JSON.stringify(quote.terms).match(/\d{3,}\.\d\d/g) ?? [];
	const minor = [...postings.map(({ amount }) => String(amount)), ...decimals.map((text) => text.replace('.', ''))];
	const grouped = decimals.map((text) => Number(text).toLocaleString('en', { minimumFractionDigits: 2 }));
	return [...new Set([...minor, ...decimals, ...grouped])];
}
