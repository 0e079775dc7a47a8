import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { findCalendarToken, findOwnCalendar, renewCalendar } from '#lib/server/agreement/calendar.ts';
import { updateCalendarSeed } from '#lib/server/agreement/document.repository.ts';
import { randomSeed } from '#lib/server/crypto/random-token.ts';
import { GET } from '../../src/routes/calendar/[token=token].ics/+server.ts';
import { GET as download } from '../../src/routes/(cardholder)/agreement/calendar/plan.ics/+server.ts';
import { holdClock, useEnv } from '../support/access.ts';
import { keepOn, makeSigned, pay, type Signed } from '../support/agreement.ts';
import { useDatabase } from '../support/database.ts';
import { AT, TODAY } from '../support/trip.ts';

const database = useDatabase();

beforeAll(() => useEnv());
beforeEach(() => {
	useEnv({ PORTAL_TODAY: TODAY });
	holdClock(AT);
});
afterEach(() => vi.useRealTimers());

/** A signed plan whose feed has an address. */
async function withFeed(): Promise<Signed & { token: string }> {
	const signed = await makeSigned(database.db);
	await database.db.transaction().execute((trx) => updateCalendarSeed(trx, signed.agreementId, randomSeed()));
	return { ...signed, token: (await findCalendarToken(database.db, signed)) ?? '' };
}

async function fetchFeed(token: string, headers: Record<string, string> = {}) {
	const request = new Request(`http://127.0.0.1/calendar/${token}.ics`, { headers });
	const event = { locals: { db: database.db }, params: { token }, request };
	const response = await GET(event as never);
	return { status: response.status, headers: response.headers, text: await response.text() };
}

const uids = (text: string) => [...text.matchAll(/UID:(\S+)/g)].map(([, uid]) => uid);
const days = (text: string) => [...text.matchAll(/DTSTART;VALUE=DATE:(\d+)/g)].map(([, day]) => day);

test('the feed holds a whole day for each instalment that is unpaid, with a reminder two days before', async () => {
	const { token } = await withFeed();
	const { text, headers } = await fetchFeed(token);
	expect(days(text)).toEqual(['20261205', '20270105', '20270205']);
	expect(text.match(/BEGIN:VALARM/g)).toHaveLength(3);
	expect(text).toContain('SUMMARY:约定的日子');
	expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
	expect(headers.get('cache-control')).toContain('private');
});

test('nothing private is in the feed: no name, number, amount or word of what it is about', async () => {
	const signed = await withFeed();
	const { text } = await fetchFeed(signed.token);
	const bare = text.replace(/^(UID|DTSTAMP|DTSTART|LAST-MODIFIED)[^\n]*$/gm, '');
	for (const word of [
		'王小明',
		'4821',
		signed.accountId,
		signed.cardholderId,
		signed.agreementId,
		'G-2',
		'¥',
		'欠',
		'还款',
		'期',
		'银行',
		'Bank',
	]) {
		expect(text, word).not.toContain(word);
	}
	for (const total of signed.totals) expect(bare).not.toContain(String(Math.floor(total / 100)));
	expect(bare).not.toMatch(/debt|loan|instalment|payment|https?:/i);
});

test('the feed follows what is paid: its day goes, the others keep their names and count up; an unchanged feed is not sent again', async () => {
	const signed = await withFeed();
	const before = await fetchFeed(signed.token);
	const etag = before.headers.get('etag') ?? '';
	expect(await fetchFeed(signed.token, { 'if-none-match': etag })).toMatchObject({ status: 304, text: '' });
	await pay(database.db, signed, TODAY, signed.totals[0] ?? 0);
	const after = await fetchFeed(signed.token, { 'if-none-match': etag });
	expect(after.status).toBe(200);
	expect(uids(after.text)).toEqual(uids(before.text).slice(1));
	const sequence = (text: string) => Number(/SEQUENCE:(\d+)/.exec(text)?.[1]);
	expect(sequence(after.text)).toBeGreaterThan(sequence(before.text));
});

test('a new address kills the old one, and only a hash of it is kept', async () => {
	const signed = await withFeed();
	expect(await renewCalendar(database.db, signed)).toEqual({ ok: true });
	await expect(fetchFeed(signed.token)).rejects.toMatchObject({ status: 404 });
	const token = (await findCalendarToken(database.db, signed)) ?? '';
	expect(token).toMatch(/^[\w-]{22}$/);
	expect((await fetchFeed(token)).status).toBe(200);
	const rows = JSON.stringify(await database.db.selectFrom('agreement').selectAll().execute());
	expect(rows).not.toContain(token);
	const other = token.startsWith('A') ? `B${token.slice(1)}` : `A${token.slice(1)}`;
	await expect(fetchFeed(other)).rejects.toMatchObject({ status: 404 });
});

test('a plan that has ended leaves an empty calendar, and no address to make', async () => {
	const signed = await withFeed();
	await keepOn(database.db, '2026-12-30');
	expect(days((await fetchFeed(signed.token)).text)).toEqual([]);
	expect(await renewCalendar(database.db, signed)).toEqual({ ok: false, refusal: 'no_plan' });
	expect(await findCalendarToken(database.db, signed)).toBeUndefined();
});

test('the download names amounts, to the signed-in owner alone', async () => {
	const signed = await withFeed();
	const as = async (cardholderId: string, accountId: string) => {
		const locals = { db: database.db, cardholder: { id: cardholderId, accountId, sessionId: 's' } };
		return (await download({ locals } as never)).text();
	};
	const own = await findOwnCalendar(database.db, { owner: signed, today: TODAY });
	expect(own?.days.map(({ left }) => left)).toEqual(signed.totals);
	expect(await as(signed.cardholderId, signed.accountId)).toContain('第 1 期');
	const stranger = await makeSigned(database.db);
	await expect(as(stranger.cardholderId, signed.accountId)).rejects.toMatchObject({ status: 303 });
});
