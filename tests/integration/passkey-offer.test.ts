import { expect, test } from 'vitest';
import { listPasskeys } from '#lib/server/passkey/list-passkeys.ts';
import { declinePasskeyOffer, isPasskeyOffered } from '#lib/server/passkey/passkey-offer.ts';
import { askForPasskey, signInWithPasskey } from '#lib/server/passkey/sign-in-with-passkey.ts';
import { addSomebody, useEnv } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';
import { BROWSER, IP, ORIGIN, ownerOf, REFUSED, usePasskeys } from '../support/passkey.ts';

const database = useDatabase();
const { signInOptions, enter, withPasskey } = usePasskeys(database);

test('too many wrong answers from one address make it wait, and too many questions get none', async () => {
	const { device } = await withPasskey();
	const value = JSON.stringify({
		asksPerAddress: { most: 30, minutes: 10 },
		failuresPerAddress: { most: 3, minutes: 10 },
	});
	await database.db
		.insertInto('setting')
		.values({ key: 'access', value })
		.onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
		.execute();
	const ip = '198.51.100.7';
	const trying = (answer: string) => signInWithPasskey(database.db, { browser: BROWSER, answer, ip });
	for (let times = 0; times < 3; times++) expect(await trying('{}')).toEqual(REFUSED);
	expect(await trying(device.get(await signInOptions()))).toMatchObject({ ok: false, refusal: 'too_many' });
	const asked = [];
	for (let times = 0; times < 31; times++)
		asked.push(await askForPasskey(database.db, { kind: 'cardholder', browser: BROWSER, ip }));
	expect(asked.filter((options) => options === undefined)).toHaveLength(1);
	await database.db.deleteFrom('setting').where('key', '=', 'access').execute();
});

test('whoever has no passkey is offered one until they say no, on whatever device', async () => {
	const person = await addSomebody(database.db);
	expect(await isPasskeyOffered(database.db, person.cardholderId)).toBe(true);
	await declinePasskeyOffer(database.db, person.cardholderId);
	expect(await isPasskeyOffered(database.db, person.cardholderId)).toBe(false);
	const other = await withPasskey();
	expect(await isPasskeyOffered(database.db, other.person.cardholderId)).toBe(false);
});

test('at an address in figures nothing is offered and nothing taken', async () => {
	const { person, device } = await withPasskey();
	const answer = device.get(await signInOptions());
	useEnv({ ORIGIN: 'https://192.0.2.10' });
	expect(await isPasskeyOffered(database.db, (await addSomebody(database.db)).cardholderId)).toBe(false);
	expect(await askForPasskey(database.db, { kind: 'cardholder', browser: BROWSER, ip: IP })).toBeUndefined();
	expect(await enter(answer)).toEqual(REFUSED);
	expect(await listPasskeys(database.db, ownerOf(person))).toHaveLength(1);
	useEnv({ ORIGIN });
});
