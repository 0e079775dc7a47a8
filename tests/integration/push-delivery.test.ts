import { beforeEach, expect, test, vi } from 'vitest';
import { contentProblems } from '#lib/domain/contact/content.ts';
import { now } from '#lib/server/clock.ts';
import { languages } from '#lib/messages/languages.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import { rereadEnv } from '#lib/server/env.ts';
import { deliverMessage } from '#lib/server/message/deliver-message.ts';
import { noteReceipt } from '#lib/server/push/note-receipt.ts';
import { pushText } from '#lib/server/push/push-text.ts';
import { type Somebody, passSeconds, useEnv } from '../support/access.ts';
import { listBreaches } from '../support/breaches.ts';
import { useDatabase } from '../support/database.ts';
import { smsRecorder, usePush } from '../support/push.ts';
import type { TestDevice } from '../support/push-service.ts';

const database = useDatabase();
const push = usePush(database);
const MINUTES = 5;

let person: Somebody;
let device: TestDevice;
let sms: ReturnType<typeof smsRecorder>;
beforeEach(async () => {
	({ person, device } = await push.personWithDevice());
	sms = smsRecorder();
});

const deliver = (id: string) => deliverMessage(database.db, id, sms);
const receiptOf = (from = device) => from.taken.at(-1)?.told.receipt ?? '';

const locales = languages();

test.each(locales)('in %s a notice says only who writes and that a message waits', async (locale) => {
	const other = await push.personWithDevice(locale);
	await deliver(await push.queue(other.person, { template: 'application_declined' }));
	const { receipt = '', ...shown } = { title: '', ...other.device.taken[0]?.told };
	expect(shown).toEqual({ title: pushText(locale, '海岸银行'), path: '/application', lang: locale });
	expect(receipt).toMatch(/^[\w-]{43}$/);
	expect(shown.title).toMatch(/^海岸银行[：:].{4,40}$/u);
	expect(contentProblems(shown.title, { name: '王小明', cardLastFour: other.person.cardLast4 })).toEqual([]);
	expect(shown.title).not.toMatch(/\d/);
	// Each language has words of its own, and not those of another.
	expect(locales.filter((each) => pushText(each, '') === pushText(locale, ''))).toEqual([locale]);
});

test('what the push service holds is encrypted, signed, and kept no longer than the SMS waits', async () => {
	await deliver(await push.queue(person));
	const [taken] = device.taken;
	expect(taken).toMatchObject({ subject: 'https://repay.example.com', ttl: MINUTES * 60 });
	expect(taken?.body.includes(Buffer.from('海岸银行'))).toBe(false);
	const kept = await database.db.selectFrom('setting').select('value').where('key', '=', 'push_keys').execute();
	expect(kept).toHaveLength(1);
	const rows = await database.db.selectFrom('push_subscription').selectAll().execute();
	expect(JSON.stringify(rows)).not.toContain(device.endpoint);
	const tries = await database.db.selectFrom('push_attempt').selectAll().execute();
	expect(JSON.stringify(tries)).not.toContain(receiptOf());
	expect(tries.map(({ receipt_hash: hash }) => hash.toString('hex'))).toContain(sha256(receiptOf()).toString('hex'));
});

test('a device that says that it came makes it one contact by push, and no SMS goes', async () => {
	const id = await push.queue(person);
	expect(await deliver(id)).toEqual({ outcome: 'waits', until: new Date(now().getTime() + MINUTES * 60_000) });
	passSeconds(20);
	await noteReceipt(database.db, receiptOf());
	await noteReceipt(database.db, receiptOf());
	passSeconds(MINUTES * 60);
	expect(await deliver(id)).toEqual({ outcome: 'gone_already' });
	expect(sms.taken).toEqual([]);
	expect(await push.contacts(person)).toEqual([
		{ channel: 'push', on: '2026-11-23', template: 'application_received' },
	]);
	expect((await listBreaches(database.db)).filter(({ record }) => record.includes(id))).toEqual([]);
});

test('where no device says so in time, one SMS goes, and a late word changes nothing', async () => {
	const id = await push.queue(person);
	await deliver(id);
	passSeconds(MINUTES * 60 - 1);
	expect(await deliver(id)).toMatchObject({ outcome: 'waits' });
	expect(sms.taken).toEqual([]);
	passSeconds(1);
	const outcomes = await Promise.all([1, 2, 3].map(() => deliver(id)));
	expect(outcomes.filter(({ outcome }) => outcome === 'handed_over')).toHaveLength(1);
	await noteReceipt(database.db, receiptOf());
	expect(await deliver(id)).toEqual({ outcome: 'gone_already' });
	expect(sms.taken).toHaveLength(1);
	expect(device.taken).toHaveLength(1);
	expect((await push.contacts(person)).map(({ channel }) => channel)).toEqual(['sms']);
});

test.each([410, 404])(
	'a push service that says %d has its device forgotten, and the SMS goes at once',
	async (status) => {
		push.service().state.status = status;
		expect(await deliver(await push.queue(person))).toEqual({ outcome: 'handed_over' });
		expect(sms.taken).toHaveLength(1);
		expect(await push.devices(person)).toBe(0);
		expect(await push.deeds(person)).toEqual(['push.turned_on', 'push.removed gone']);
	},
);

test.each([500, 429, 302])(
	'after %d the SMS goes at once and the device stays; nothing is followed',
	async (status) => {
		push.service().state.status = status;
		const before = push.service().arrived();
		expect(await deliver(await push.queue(person))).toEqual({ outcome: 'handed_over' });
		expect(push.service().arrived() - before).toBe(1);
		expect(sms.taken).toHaveLength(1);
		expect(await push.devices(person)).toBe(1);
	},
);

test('one device of two is enough', async () => {
	const second = await push.turnOn(person.cardholderId);
	const id = await push.queue(person);
	await deliver(id);
	expect([device.taken.length, second.taken.length]).toEqual([1, 1]);
	expect(receiptOf()).not.toBe(receiptOf(second));
	await noteReceipt(database.db, receiptOf(second));
	expect(await push.contacts(person)).toHaveLength(1);
	await noteReceipt(database.db, receiptOf());
	expect(await push.contacts(person)).toHaveLength(1);
});

test('while a push service keeps one process waiting, no other sends again; what wakes up late finds it gone', async () => {
	const id = await push.queue(person);
	const { reached, letGo } = push.service().holdNext();
	const stuck = deliver(id);
	await reached;
	expect(await deliver(id)).toMatchObject({ outcome: 'waits' });
	passSeconds(MINUTES * 60);
	expect(await deliver(id)).toEqual({ outcome: 'handed_over' });
	letGo();
	expect(await stuck).toEqual({ outcome: 'gone_already' });
	expect([device.taken.length, sms.taken.length]).toEqual([0, 1]);
	expect(await push.contacts(person)).toHaveLength(1);
});

test('what cannot be made for a device goes by SMS at once', async () => {
	process.env['SECRET_KEY'] = 'another secret of the tests, long enough';
	rereadEnv();
	const outcome = await deliver(await push.queue(person));
	useEnv();
	expect(outcome).toEqual({ outcome: 'handed_over' });
	expect(await push.devices(person)).toBe(1);
	expect(device.taken).toEqual([]);
});

test('outside the hours neither push nor SMS goes; an SMS in a push’s stead waits for the morning too', async () => {
	vi.setSystemTime(new Date('2026-11-23T13:58:00Z'));
	const late = await push.queue(person);
	await deliver(late);
	passSeconds(MINUTES * 60);
	expect(await deliver(late)).toEqual({ outcome: 'waits', until: new Date('2026-11-24T00:00:00Z') });
	expect(await deliver(await push.queue(person))).toEqual({
		outcome: 'waits',
		until: new Date('2026-11-24T00:00:00Z'),
	});
	expect([device.taken.length, sms.taken.length]).toEqual([1, 0]);
	vi.setSystemTime(new Date('2026-11-24T00:00:00Z'));
	expect(await deliver(late)).toEqual({ outcome: 'handed_over' });
	expect((await push.contacts(person)).map(({ channel, on }) => `${channel} ${on}`)).toEqual(['sms 2026-11-24']);
});

test('a push of which nothing is heard yet counts in the day’s cap, and its SMS needs no place of its own', async () => {
	const ids = [await push.queue(person), await push.queue(person), await push.queue(person)];
	for (const id of ids) await deliver(id);
	expect(device.taken).toHaveLength(3);
	expect(await deliver(await push.queue(person))).toEqual({
		outcome: 'waits',
		until: new Date('2026-11-24T00:00:00Z'),
	});
	passSeconds(MINUTES * 60);
	for (const id of ids) expect(await deliver(id)).toEqual({ outcome: 'handed_over' });
	expect(await push.contacts(person)).toHaveLength(3);
});

test('a code, a reminder and whatever asks for a payment go by SMS', async () => {
	for (const template of ['instalment_due', 'instalment_missed', 'sign_in_key_added'] as const) {
		const other = await push.personWithDevice();
		expect(await deliver(await push.queue(other.person, { template }))).toEqual({ outcome: 'handed_over' });
		expect(other.device.taken).toEqual([]);
	}
	expect(sms.taken).toHaveLength(3);
});

test('a device that stays silent three times is asked no more', async () => {
	for (let day = 0; day < 3; day++) {
		const id = await push.queue(person);
		await deliver(id);
		passSeconds(MINUTES * 60);
		await deliver(id);
		passSeconds(86_400);
	}
	expect(device.taken).toHaveLength(3);
	expect(await deliver(await push.queue(person))).toEqual({ outcome: 'handed_over' });
	expect(device.taken).toHaveLength(3);
	expect(await push.deeds(person)).toEqual(['push.turned_on', 'push.removed unanswered']);
});

test('whoever guesses a receipt changes nothing', async () => {
	const id = await push.queue(person);
	await deliver(id);
	await noteReceipt(database.db, 'A'.repeat(43));
	await noteReceipt(database.db, sha256(receiptOf()).toString('base64url'));
	expect(await push.contacts(person)).toEqual([]);
	passSeconds(MINUTES * 60);
	expect(await deliver(id)).toEqual({ outcome: 'handed_over' });
});

test('with push off, and in production without loopback, nothing is called', async () => {
	const before = push.service().arrived();
	useEnv({ PUSH: 'off' });
	expect(await deliver(await push.queue(person))).toEqual({ outcome: 'handed_over' });
	useEnv({ PUSH: 'on' });
	expect(await deliver(await push.queue(person))).toEqual({ outcome: 'handed_over' });
	useEnv({ PUSH: 'loopback' });
	expect(push.service().arrived()).toBe(before);
	expect(sms.taken).toHaveLength(2);
});
