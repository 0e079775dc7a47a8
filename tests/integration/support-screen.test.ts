import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { sendCode } from '#lib/server/access/send-code.ts';
import { requestCode } from '#lib/server/access/request-code.ts';
import { signIn } from '#lib/server/access/sign-in.ts';
import { runAs } from '#lib/server/db/identity.ts';
import { readCardholderSession } from '#lib/server/session/read-session.ts';
import { createCardholderSession } from '#lib/server/session/start-session.ts';
import { checkScreenCode } from '#lib/server/support/check-screen-code.ts';
import { showScreenCode } from '#lib/server/support/show-screen-code.ts';
import { unlockCaller } from '#lib/server/support/unlock-caller.ts';
import {
	addSomebody,
	codeOf,
	holdClock,
	makeLink,
	MORNING,
	otherCode,
	passSeconds,
	useEnv,
} from '../support/access.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/staff.ts';

const database = useDatabase();
let staffId = '';
let made = 0;

beforeAll(async () => {
	useEnv();
	staffId = await makeStaff(database.db, 'listener', 'support');
});
beforeEach(() => holdClock(MORNING));
afterEach(() => {
	vi.useRealTimers();
});

const browserName = () => String(++made).padStart(43, 'b');
const check = (cardholderId: string, typed: string, by = staffId) =>
	runAs({ staff: 'support', staffId: by }, () => checkScreenCode(database.db, { cardholderId, staffId: by, typed }));
/** As /help shows it, in a browser in which somebody signed in, or asked for a code. */
const shown = (
	session: { id: string; sessionId: string } | null,
	browser: string | undefined,
	step: 'code' | 'documents' = 'documents',
) => runAs('door', () => showScreenCode(database.db, { session, browser, step }));

async function signedIn() {
	const somebody = await addSomebody(database.db);
	const { cardholderId, accountId } = somebody;
	const { token } = await createCardholderSession(database.db, { cardholderId, accountId });
	const session = await readCardholderSession(database.db, token);
	if (!session) throw new Error('no session');
	return { ...somebody, session };
}

const read = (code: Awaited<ReturnType<typeof showScreenCode>>) => code?.characters.join('') ?? '';

test('the characters of a signed-in screen are known to support by its page, for a quarter of an hour', async () => {
	const { cardholderId, session } = await signedIn();
	const code = await shown(session, undefined);
	expect(await check(cardholderId, read(code).toLowerCase())).toEqual({
		ok: true,
		screen: { step: 'documents', code: undefined },
	});
	// Opened again while somebody reads them out, they are the same.
	passSeconds(60);
	expect(read(await shown(session, undefined))).toBe(read(code));
	passSeconds(14 * 60);
	expect(await check(cardholderId, read(code))).toEqual({ ok: false, refusal: 'not_theirs' });
	expect(await check(cardholderId, read(await shown(session, undefined)))).toMatchObject({ ok: true });
});

test('on the page that asks for the code support sees how many tries are left', async () => {
	const { db } = database;
	const { cardholderId, accountId } = await addSomebody(db);
	const browser = browserName();
	await sendCode(db, { token: await makeLink(db, accountId), browser, ip: '10.0.0.1' });
	const wrong = otherCode(await codeOf(db, browser));
	for (let n = 0; n < 3; n += 1) await signIn(db, { browser, code: wrong, idLast4: '123X', ip: '10.0.0.1' });
	const code = await shown(null, browser, 'code');
	expect(await check(cardholderId, read(code))).toEqual({
		ok: true,
		screen: { step: 'code', code: { takesCode: true, triesLeft: 2 } },
	});
});

test('another person’s characters, and those of numbers that fit nobody, are nobody’s', async () => {
	const { db } = database;
	const { cardholderId } = await addSomebody(db);
	const other = await signedIn();
	const theirs = await shown(other.session, undefined);
	const browser = browserName();
	await requestCode(db, { phone: '+8613000000000', cardLast4: '0000', browser, ip: '10.0.0.2' });
	const nobodys = await shown(null, browser, 'code');
	expect(read(nobodys)).toHaveLength(4);
	for (const typed of [read(theirs), read(nobodys)]) {
		expect(await check(cardholderId, typed)).toEqual({ ok: false, refusal: 'not_theirs' });
	}
	// In a browser that has begun nothing there is nothing to read out.
	expect(await shown(null, browserName())).toBeUndefined();
	expect(await shown(null, undefined)).toBeUndefined();
});

test('after five wrong ones of one of support for a person none is compared for a while, even at once', async () => {
	const { cardholderId, session } = await signedIn();
	const code = read(await shown(session, undefined));
	const wrong = code === 'AAAA' ? 'CCCC' : 'AAAA';
	const tries = await Promise.all(Array.from({ length: 8 }, () => check(cardholderId, wrong)));
	expect(tries.filter((each) => !each.ok && each.refusal === 'not_theirs')).toHaveLength(5);
	const until = new Date(MORNING.getTime() + 15 * 60_000);
	expect(await check(cardholderId, code)).toEqual({ ok: false, refusal: 'too_many', until });
	const colleague = await makeStaff(database.db, 'colleague', 'support');
	expect(await check(cardholderId, code, colleague)).toMatchObject({ ok: true });
	passSeconds(15 * 60);
	expect(await check(cardholderId, wrong)).toEqual({ ok: false, refusal: 'not_theirs' });
});

test('neither the characters nor anything that makes them alone stand in the database, and each look is audited', async () => {
	const { db } = database;
	const { cardholderId, session } = await signedIn();
	const code = read(await shown(session, undefined));
	await check(cardholderId, code);
	await check(cardholderId, code === 'AAAA' ? 'CCCC' : 'AAAA');
	const rows = await db.selectFrom('screen_code').selectAll().where('cardholder_id', '=', cardholderId).execute();
	const audit = await db
		.selectFrom('audit_log')
		.select(['action', 'detail'])
		.where('cardholder_id', '=', cardholderId)
		.where('actor_id', '=', staffId)
		.orderBy('id')
		.execute();
	expect(JSON.stringify([rows, audit])).not.toContain(code);
	expect(audit).toEqual([
		{ action: 'caller_screen.matched', detail: { step: 'documents' } },
		{ action: 'caller_screen.missed', detail: {} },
	]);
});

test('support unlocks somebody twice a day, with a reason, and a silence only where the number is theirs', async () => {
	const { db } = database;
	const { cardholderId, phone } = await addSomebody(db);
	await db.insertInto('silenced_number').values({ phone, silenced_at: MORNING }).execute();
	const unlock = (reason: 'wrong_codes' | 'number_is_theirs') =>
		runAs({ staff: 'support', staffId }, () => unlockCaller(db, { cardholderId, staffId, reason }));
	const lifted = async () => {
		const row = await db
			.selectFrom('silenced_number')
			.select('lifted_at')
			.where('phone', '=', phone)
			.executeTakeFirst();
		return row?.lifted_at !== null;
	};
	expect(await unlock('wrong_codes')).toEqual({ ok: true });
	expect(await lifted()).toBe(false);
	expect(await unlock('number_is_theirs')).toEqual({ ok: true });
	expect(await lifted()).toBe(true);
	expect(await unlock('wrong_codes')).toEqual({ ok: false, refusal: 'too_many_unlocks' });
	passSeconds(24 * 3_600);
	expect(await unlock('wrong_codes')).toEqual({ ok: true });
});
