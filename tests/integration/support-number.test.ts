import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { submitApplication } from '#lib/server/application/submit-application.ts';
import { now } from '#lib/server/clock.ts';
import { askNumberChange } from '#lib/server/contact-number/ask-number-change.ts';
import { confirmNumberChange } from '#lib/server/contact-number/confirm-number-change.ts';
import { endNumberChange } from '#lib/server/contact-number/end-number-change.ts';
import { findHold } from '#lib/server/contact-number/read-number-change.ts';
import { runAs } from '#lib/server/db/identity.ts';
import { deliverMessage } from '#lib/server/message/deliver-message.ts';
import type { OutgoingMessage } from '#lib/server/message/gateway.ts';
import { readCardholderSession } from '#lib/server/session/read-session.ts';
import { createCardholderSession } from '#lib/server/session/start-session.ts';
import { addSomebody, holdClock, makeLink, MORNING, passSeconds, type Somebody, useEnv } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';
import { usePush } from '../support/push.ts';
import { makeStaff } from '../support/staff.ts';
import { AT, makeCardholder, makeDraft, TODAY } from '../support/trip.ts';

const database = useDatabase();
const push = usePush(database);
let asker = '';
let second = '';
let made = 0;

beforeAll(async () => {
	useEnv();
	asker = await makeStaff(database.db, 'asker', 'support');
	second = await makeStaff(database.db, 'second', 'support');
});
beforeEach(() => holdClock(MORNING));
afterEach(() => {
	vi.useRealTimers();
});

function newNumber(): string {
	made += 1;
	return `+86137${String(made).padStart(8, '0')}`;
}

/** In the name of support, as the server asks the database. */
const asSupport = <T>(run: () => Promise<T>) => runAs({ staff: 'support', staffId: second }, run);

async function ask(somebody: Pick<Somebody, 'cardholderId'>, phone: string, staffId = asker) {
	const form = { proofs: ['id_at_branch', 'called_back'] as const, phone, again: phone };
	return asSupport(() => askNumberChange(database.db, { cardholderId: somebody.cardholderId, staffId, form }));
}

async function confirm({ cardholderId }: Pick<Somebody, 'cardholderId'>, lastFour: string, staffId = second) {
	return asSupport(() => confirmNumberChange(database.db, { cardholderId, staffId, lastFour }));
}

async function numbersOf({ cardholderId }: Pick<Somebody, 'cardholderId'>) {
	const { db } = database;
	return db
		.selectFrom('cardholder')
		.select(['phone', 'core_phone as corePhone'])
		.where('id', '=', cardholderId)
		.executeTakeFirstOrThrow();
}

test('a number changes once a second person confirms it: links, codes and sessions end, and the old number is told', async () => {
	const { db } = database;
	const somebody = await addSomebody(db);
	const { cardholderId, accountId, phone: oldPhone } = somebody;
	await makeLink(db, accountId);
	const { token } = await createCardholderSession(db, { cardholderId, accountId });
	const phone = newNumber();
	expect(await ask(somebody, phone)).toEqual({ ok: true });
	expect(await numbersOf(somebody)).toEqual({ phone: oldPhone, corePhone: null });
	expect(await readCardholderSession(db, token)).toBeDefined();

	const heldUntil = new Date(MORNING.getTime() + 24 * 3_600_000);
	expect(await confirm(somebody, phone.slice(-4))).toEqual({ ok: true, heldUntil });
	expect(await numbersOf(somebody)).toEqual({ phone, corePhone: oldPhone });
	expect(await readCardholderSession(db, token)).toBeUndefined();
	const alive = await db
		.selectFrom('access_link')
		.select('id')
		.where('cardholder_id', '=', cardholderId)
		.where('revoked_at', 'is', null)
		.execute();
	expect(alive).toEqual([]);

	const { id } = await db
		.selectFrom('outbox_message')
		.select('id')
		.where('cardholder_id', '=', cardholderId)
		.where('template', '=', 'number_changed')
		.executeTakeFirstOrThrow();
	const gone: OutgoingMessage[] = [];
	const handOver = async (_: unknown, message: OutgoingMessage) => {
		gone.push(message);
		return { ok: true } as const;
	};
	await deliverMessage(db, id, { kind: 'log', handOver });
	expect(gone.map((message) => message.phone)).toEqual([oldPhone]);
	expect(gone[0]?.text).not.toContain(phone.slice(-4));
	// What comes after goes to the new one.
	passSeconds(1);
	await makeLink(db, accountId);
	const next = await db
		.selectFrom('outbox_message')
		.select('id')
		.where('cardholder_id', '=', cardholderId)
		.where('status', '=', 'queued')
		.orderBy('created_at', 'desc')
		.executeTakeFirstOrThrow();
	await deliverMessage(db, next.id, { kind: 'log', handOver });
	expect(gone[1]?.phone).toBe(phone);
});

test('with the number go the notices on every device', async () => {
	const { person } = await push.personWithDevice();
	await push.turnOn(person.cardholderId);
	const phone = newNumber();
	await ask(person, phone);
	expect(await push.devices(person)).toBe(2);
	expect(await confirm(person, phone.slice(-4))).toMatchObject({ ok: true });
	expect(await push.devices(person)).toBe(0);
	expect((await push.deeds(person)).slice(2)).toEqual(Array(2).fill('push.removed number_changed'));
});

test('nobody confirms what they asked for, nor a wrong number, nor after its time', async () => {
	const somebody = await addSomebody(database.db);
	const phone = newNumber();
	await ask(somebody, phone);
	expect(await ask(somebody, phone)).toEqual({ ok: false, refusals: ['open_already'] });
	expect(await confirm(somebody, phone.slice(-4), asker)).toEqual({ ok: false, refusal: 'same_person' });
	expect(await confirm(somebody, '0000x')).toEqual({ ok: false, refusal: 'wrong_digits' });
	passSeconds(24 * 3_600);
	expect(await confirm(somebody, phone.slice(-4))).toEqual({ ok: false, refusal: 'not_open' });
	// A request that ran out stands in nobody's way.
	expect(await ask(somebody, phone)).toEqual({ ok: true });
	expect(await confirm(somebody, 'aaaa')).toMatchObject({ refusal: 'wrong_digits' });
	expect(await confirm(somebody, 'aaaa')).toMatchObject({ refusal: 'wrong_digits' });
	expect(await confirm(somebody, 'aaaa')).toMatchObject({ refusal: 'refused_now' });
	expect(await confirm(somebody, phone.slice(-4))).toMatchObject({ refusal: 'not_open' });
	expect((await numbersOf(somebody)).phone).toBe(somebody.phone);
});

test('a request is withdrawn by its asker and refused by another, and then nothing changes', async () => {
	const somebody = await addSomebody(database.db);
	const { cardholderId } = somebody;
	for (const staffId of [asker, second]) {
		await ask(somebody, newNumber());
		expect(await asSupport(() => endNumberChange(database.db, { cardholderId, staffId }))).toEqual({ ok: true });
	}
	const outcomes = await database.db
		.selectFrom('number_change')
		.select('outcome')
		.where('cardholder_id', '=', cardholderId)
		.orderBy('asked_at')
		.execute();
	expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['refused', 'withdrawn']);
	expect(await asSupport(() => endNumberChange(database.db, { cardholderId, staffId: second }))).toEqual({
		ok: false,
		refusal: 'not_open',
	});
});

test('the database refuses one proof, one person, another role, and any change of what was asked', async () => {
	const { owner: db } = database;
	const agent = await makeStaff(database.db, 'agent-d', 'agent');
	const { cardholderId, phone } = await addSomebody(database.db);
	const asked = {
		cardholder_id: cardholderId,
		old_phone: phone,
		new_phone: newNumber(),
		proofs: ['id_at_branch', 'called_back'],
		asked_by: asker,
		asked_at: now(),
		expires_at: new Date(now().getTime() + 1_000),
	};
	const insert = (changes: object) =>
		db
			.insertInto('number_change')
			.values({ ...asked, outcome: null, answered_by: null, answered_at: null, held_until: null, ...changes })
			.execute();
	await expect(insert({ proofs: ['id_at_branch'] })).rejects.toThrow();
	await expect(insert({ proofs: ['called_back', 'called_back'] })).rejects.toThrow();
	await expect(insert({ new_phone: phone })).rejects.toThrow();
	await expect(insert({ asked_by: agent })).rejects.toThrow(/two of support/);
	await insert({});
	const update = (changes: object) =>
		db.updateTable('number_change').set(changes).where('cardholder_id', '=', cardholderId).execute();
	const confirmed = { outcome: 'confirmed', answered_at: now(), held_until: now() };
	await expect(update({ ...confirmed, answered_by: asker })).rejects.toThrow();
	await expect(update({ ...confirmed, answered_by: agent })).rejects.toThrow(/two of support/);
	await expect(update({ new_phone: newNumber() })).rejects.toThrow(/stay as they are/);
	await update({ ...confirmed, answered_by: second });
	await expect(update({ outcome: 'refused', held_until: null })).rejects.toThrow(/stay as they are/);
	await expect(db.deleteFrom('number_change').where('cardholder_id', '=', cardholderId).execute()).rejects.toThrow(
		/never deleted/,
	);
});

test('nobody of support changes their own number', async () => {
	const somebody = await addSomebody(database.db);
	const self = await makeStaff(database.db, 'self', 'support', somebody.cardholderId);
	expect(await ask(somebody, newNumber(), self)).toEqual({ ok: false, refusals: ['own_number'] });
	const phone = newNumber();
	await ask(somebody, phone);
	expect(await confirm(somebody, phone.slice(-4), self)).toEqual({ ok: false, refusal: 'own_number' });
});

test('where the core told another number meanwhile, the request changes nothing', async () => {
	const somebody = await addSomebody(database.db);
	const phone = newNumber();
	await ask(somebody, phone);
	const told = newNumber();
	await database.db.updateTable('cardholder').set({ phone: told }).where('id', '=', somebody.cardholderId).execute();
	expect(await confirm(somebody, phone.slice(-4))).toEqual({ ok: false, refusal: 'number_moved' });
	expect((await numbersOf(somebody)).phone).toBe(told);
});

test('for a day after a change nothing can be sent, and then it can', async () => {
	const { db } = database;
	vi.setSystemTime(AT);
	const owner = await makeCardholder(db);
	const draft = await makeDraft(db, owner);
	const phone = newNumber();
	await ask(owner, phone);
	expect(await confirm(owner, phone.slice(-4))).toMatchObject({ ok: true });
	const submit = (at: Date) =>
		runAs({ cardholder: owner.cardholderId }, () =>
			submitApplication(db, { owner, form: { ...draft, consent: true }, today: TODAY, at }),
		);
	const hours = (count: number) => new Date(AT.getTime() + count * 3_600_000);
	expect(await submit(hours(0))).toEqual({ ok: false, refusals: ['held'] });
	expect(await submit(new Date(hours(24).getTime() - 1))).toEqual({ ok: false, refusals: ['held'] });
	expect(await findHold(db, owner.cardholderId, hours(24))).toBeUndefined();
	expect(await submit(hours(24))).toMatchObject({ ok: true });
});
