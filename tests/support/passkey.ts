import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { rereadEnv } from '#lib/server/env.ts';
import { addCardholderPasskey } from '#lib/server/passkey/add-cardholder-passkey.ts';
import { askForNewPasskey } from '#lib/server/passkey/ask-for-new-passkey.ts';
import { askForPasskey, signInWithPasskey } from '#lib/server/passkey/sign-in-with-passkey.ts';
import { addSomebody, holdClock, MORNING, type Somebody, useEnv } from './access.ts';
import { Authenticator } from './authenticator.ts';
import type { TestDatabase } from './database.ts';

export const ORIGIN = 'https://repay.harbour.example';
export const SESSION = 'session-of-this-test';
export const BROWSER = 'a'.repeat(43);
export const IP = '192.0.2.1';

/** What every answer gets that is not taken, whatever the reason. */
export const REFUSED = { ok: false, refusal: 'not_taken' };

/** Cardholders as owners of passkeys. */
export const ownerOf = ({ cardholderId }: Somebody) => ({ kind: 'cardholder' as const, id: cardholderId });

/** The deeds of people with passkeys at a bank with a name of its own, in the morning. */
export function usePasskeys(database: TestDatabase) {
	beforeAll(() => useEnv({ ORIGIN }));
	beforeEach(() => holdClock(MORNING));
	afterEach(() => vi.useRealTimers());
	afterAll(() => {
		delete process.env['ORIGIN'];
		rereadEnv();
	});

	async function newOptions(person: Somebody, sessionId = SESSION) {
		const bound = { to: 'session', secret: sessionId } as const;
		const options = await askForNewPasskey(database.db, { owner: ownerOf(person), bound, label: '还款服务' });
		if (!options) throw new Error('no passkeys here');
		return options;
	}

	const add = ({ cardholderId }: Somebody, answer: string, sessionId = SESSION) =>
		addCardholderPasskey(database.db, { cardholderId, sessionId, answer, name: 'iPhone' });

	async function signInOptions(browser = BROWSER) {
		const options = await askForPasskey(database.db, { kind: 'cardholder', browser, ip: IP });
		if (!options) throw new Error('no passkeys here');
		return options;
	}

	const enter = (answer: string, browser = BROWSER) => signInWithPasskey(database.db, { browser, answer, ip: IP });

	/** Somebody with a passkey. */
	async function withPasskey() {
		const person = await addSomebody(database.db);
		const device = new Authenticator(ORIGIN);
		const added = await add(person, device.create(await newOptions(person)));
		if (!added.ok) throw new Error(added.refusal);
		return { person, device, passkeyId: added.passkeyId };
	}

	return { newOptions, add, signInOptions, enter, withPasskey };
}
