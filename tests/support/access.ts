import { vi } from 'vitest';
import { createAccessLink } from '#lib/server/access/create-access-link.ts';
import { findCurrentCode } from '#lib/server/access/current-code.ts';
import { now } from '#lib/server/clock.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { rereadEnv } from '#lib/server/env.ts';

/** An instant of a working day: ten in the morning in Shanghai. */
export const MORNING = new Date('2026-11-23T02:00:00Z');

/** Sets the environment of a process that serves, for a test that derives secrets. */
export function useEnv(changes: Readonly<Record<string, string | undefined>> = {}): void {
	process.env['SECRET_KEY'] = 'a secret of the tests, long enough for one';
	for (const [name, value] of Object.entries(changes)) {
		if (value === undefined) delete process.env[name];
		else process.env[name] = value;
	}
	rereadEnv();
}

/** Holds the clock at an instant; only Date is taken, so that the database goes on as ever. */
export function holdClock(at: Date = MORNING): void {
	vi.useFakeTimers({ toFake: ['Date'], now: at });
}

/** Moves the held clock on. */
export function passSeconds(seconds: number): void {
	vi.setSystemTime(new Date(now().getTime() + seconds * 1000));
}

/** Somebody with one account. */
export interface Somebody {
	readonly cardholderId: string;
	readonly accountId: string;
	readonly phone: string;
	readonly idLast4: string;
	readonly cardLast4: string;
}

let people = 0;

/** A cardholder with a number of their own and one account. */
export async function addSomebody(
	db: Db,
	{ locale = 'zh-CN', timeZone = null }: { locale?: string; timeZone?: string | null } = {},
): Promise<Somebody> {
	const number = String(++people).padStart(4, '0');
	const somebody = {
		cardholderId: `C${number}`,
		accountId: `A${number}`,
		phone: `+86139${String(process.pid).padStart(8, '0').slice(-4)}${number}`,
		idLast4: '123X',
		cardLast4: '4821',
	};
	await db
		.insertInto('cardholder')
		.values({
			id: somebody.cardholderId,
			name: '王小明',
			phone: somebody.phone,
			id_last4: somebody.idLast4,
			locale,
			time_zone: timeZone,
		})
		.execute();
	await addAccount(db, somebody.cardholderId, somebody.accountId, somebody.cardLast4);
	return somebody;
}

export async function addAccount(db: Db, cardholderId: string, accountId: string, cardLast4: string): Promise<void> {
	await db
		.insertInto('account')
		.values({
			id: accountId,
			cardholder_id: cardholderId,
			card_last4: cardLast4,
			currency: 'CNY',
			policy_code: 'cn-standard',
			opened_on: '2020-01-01',
		})
		.execute();
}

/** The token of a new link for an account. */
export async function makeLink(db: Db, accountId: string): Promise<string> {
	const actor = { kind: 'command', id: null } as const;
	const { url } = await db
		.transaction()
		.execute((trx) => createAccessLink(trx, { accountId, actor, template: 'reminder' }));
	return url.slice(url.lastIndexOf('/') + 1);
}

/** The code that a browser's newest challenge takes now, as the SMS would tell it. */
export async function codeOf(db: Db, browser: string): Promise<string> {
	const { id } = await db
		.selectFrom('sign_in_challenge')
		.select('id')
		.where('browser_hash', '=', sha256(browser))
		.orderBy('created_at', 'desc')
		.limit(1)
		.executeTakeFirstOrThrow();
	const current = await findCurrentCode(db, id, now());
	if (!current) throw new Error('the challenge takes no code any more');
	return current.code;
}

/** A code that is certainly another one. */
export function otherCode(code: string): string {
	return code === '000000' ? '000001' : '000000';
}
