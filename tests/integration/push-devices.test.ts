import { beforeEach, expect, test } from 'vitest';
import { silenceNumber } from '#lib/server/access/silence-number.ts';
import { runAs } from '#lib/server/db/identity.ts';
import { readEnv } from '#lib/server/env.ts';
import { addDevice } from '#lib/server/push/add-device.ts';
import { declinePushOffer, findPushOffer, readDevices } from '#lib/server/push/push-offer.ts';
import { stopDevice } from '#lib/server/push/stop-device.ts';
import { endEverywhere } from '#lib/server/session/end-everywhere.ts';
import { randomToken } from '#lib/server/crypto/random-token.ts';
import { type Somebody, addSomebody, makeLink, useEnv } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';
import { usePush } from '../support/push.ts';
import type { TestDevice } from '../support/push-service.ts';

const database = useDatabase();
const push = usePush(database);

let person: Somebody;
let device: TestDevice;
beforeEach(async () => {
	({ person, device } = await push.personWithDevice());
});

const as = <T>({ cardholderId }: Somebody, run: () => Promise<T>) => runAs({ cardholder: cardholderId }, run);
const devicesSeenBy = (who: Somebody) =>
	as(who, async () => (await readDevices(database.db, who.cardholderId))?.devices ?? []);

test('whoever has no device is offered notices until they say "not now", and finds them under signing in', async () => {
	const { cardholderId } = await addSomebody(database.db);
	const somebody = { cardholderId } as Somebody;
	const offer = await as(somebody, () => findPushOffer(database.db, cardholderId));
	expect(Buffer.from(offer?.publicKey ?? '', 'base64url')).toHaveLength(65);
	expect(await as(somebody, () => readDevices(database.db, cardholderId))).toBeNull();
	await as(somebody, () => declinePushOffer(database.db, cardholderId));
	expect(await as(somebody, () => findPushOffer(database.db, cardholderId))).toBeNull();
	expect(await as(somebody, () => readDevices(database.db, cardholderId))).toEqual({ ...offer, devices: [] });
	expect(await as(person, () => findPushOffer(database.db, person.cardholderId))).toBeNull();
});

test('all processes share one pair of keys, made at first use', async () => {
	const keys = await Promise.all(
		[1, 2, 3].map(async () => {
			const { cardholderId } = await addSomebody(database.db);
			return (await runAs({ cardholder: cardholderId }, () => findPushOffer(database.db, cardholderId)))?.publicKey;
		}),
	);
	expect(new Set(keys).size).toBe(1);
});

test('its owner stops a device; another cardholder neither sees nor stops it', async () => {
	const other = await addSomebody(database.db);
	const [listed] = await devicesSeenBy(person);
	expect(listed).toMatchObject({ device: 'iPhone' });
	expect(await devicesSeenBy(other)).toEqual([]);
	const stop = (who: Somebody, owner: Somebody) =>
		as(who, () => stopDevice(database.db, { cardholderId: owner.cardholderId, deviceId: listed?.id ?? '' }));
	expect(await stop(other, other)).toEqual({ ok: false, refusal: 'not_found' });
	expect(await stop(other, person)).toEqual({ ok: false, refusal: 'not_found' });
	expect(await push.devices(person)).toBe(1);
	expect(await stop(person, person)).toEqual({ ok: true });
	expect(await push.deeds(person)).toEqual(['push.turned_on', 'push.removed stopped']);
});

test('signing out everywhere ends the notices on every device', async () => {
	await push.turnOn(person.cardholderId);
	await as(person, () => endEverywhere(database.db, { kind: 'cardholder', userId: person.cardholderId }));
	expect(await push.devices(person)).toBe(0);
	expect((await push.deeds(person)).slice(2)).toEqual(Array(2).fill('push.removed signed_out_everywhere'));
});

test('who says that the number is not theirs ends the notices of whose it was said to be', async () => {
	const token = await makeLink(database.db, person.accountId);
	expect(await runAs('door', () => silenceNumber(database.db, { token, browser: randomToken() }))).toBe(true);
	expect(await push.devices(person)).toBe(0);
	expect(await push.deeds(person)).toEqual(['push.turned_on', 'push.removed number_silenced']);
});

test('the same browser is one device, and in another person’s hands it is theirs alone', async () => {
	await push.turnOn(person.cardholderId, 'en', device);
	expect(await push.devices(person)).toBe(1);
	const other = await addSomebody(database.db);
	await push.turnOn(other.cardholderId, 'zh-CN', device);
	expect([await push.devices(person), await push.devices(other)]).toEqual([0, 1]);
	expect((await push.deeds(person)).at(-1)).toBe('push.removed taken_over');
});

test('a sixth device takes the place of the first', async () => {
	for (let count = 0; count < 5; count++) await push.turnOn(person.cardholderId);
	expect(await push.devices(person)).toBe(5);
	expect((await push.deeds(person)).filter((deed) => deed === 'push.removed made_room')).toHaveLength(1);
});

test('an address inside a network is not taken, and one on this machine in tests alone', async () => {
	const keys = JSON.parse(device.subscription) as { keys: object };
	const { cardholderId } = await addSomebody(database.db);
	const give = (subscription: string) =>
		runAs({ cardholder: cardholderId }, () =>
			addDevice(database.db, { cardholderId, subscription, locale: 'en', device: 'd' }),
		);
	for (const endpoint of ['https://10.0.0.1/a', 'http://push.example.com/a', 'https://db/a', 'https://[::1]/a']) {
		expect(await give(JSON.stringify({ ...keys, endpoint })), endpoint).toEqual({ ok: false, refusal: 'not_taken' });
	}
	for (const text of [
		'',
		'null',
		'{}',
		JSON.stringify({ endpoint: 'https://push.example.com/a', keys: { p256dh: 'AA', auth: 'AA' } }),
	]) {
		expect(await give(text), text).toEqual({ ok: false, refusal: 'not_taken' });
	}
	useEnv({ PUSH: 'on' });
	expect(await give(device.subscription)).toEqual({ ok: false, refusal: 'not_taken' });
	useEnv({ PUSH: 'loopback' });
	const production = readEnv({ DATABASE_URL: 'postgres://x', PUSH: 'loopback' }, 'command');
	expect(production).toEqual({
		ok: false,
		problems: [{ name: 'PUSH', why: 'loopback is for tests, and refused in production' }],
	});
});
