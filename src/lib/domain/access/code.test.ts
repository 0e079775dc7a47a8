import { expect, test } from 'vitest';
import { codeExpiry, judgeResend, readCode, refusesTry, triesLeft } from '#lib/domain/access/code.ts';
import type { Challenge } from '#lib/domain/access/code.ts';

const sent = new Date('2026-05-20T02:00:00Z');
const after = (seconds: number) => new Date(sent.getTime() + seconds * 1_000);
const fresh: Challenge = { tries: 0, sends: 1, lastSentAt: sent, expiresAt: codeExpiry(sent), closedAt: null };

test('a code can be tried for ten minutes and not one moment longer', () => {
	expect(refusesTry(fresh, after(599.999))).toBeUndefined();
	expect(refusesTry(fresh, after(600))).toBe('code_expired');
});

test('there are five tries, and then not even the right code opens', () => {
	expect(refusesTry({ ...fresh, tries: 4 }, sent)).toBeUndefined();
	expect(refusesTry({ ...fresh, tries: 5 }, sent)).toBe('too_many_tries');
	expect([0, 4, 5, 6].map((tries) => triesLeft({ tries }))).toEqual([5, 1, 0, 0]);
});

test('a challenge that was used opens nothing again', () => {
	expect(refusesTry({ ...fresh, closedAt: sent }, sent)).toBe('code_closed');
	expect(judgeResend({ ...fresh, closedAt: sent }, after(60))).toMatchObject({ refusal: 'code_closed' });
});

test('a resend waits a minute', () => {
	expect(judgeResend(fresh, after(59))).toEqual({ ok: false, refusal: 'too_soon', retryAt: after(60) });
	expect(judgeResend(fresh, after(60))).toEqual({ ok: true });
	expect(judgeResend({ ...fresh, sends: 0, lastSentAt: null }, sent)).toEqual({ ok: true });
});

test('a code is sent three times at most', () => {
	expect(judgeResend({ ...fresh, sends: 2 }, after(60))).toEqual({ ok: true });
	expect(judgeResend({ ...fresh, sends: 3 }, after(60))).toEqual({ ok: false, refusal: 'too_many_sends' });
});

test('a resend gives no tries back, and revives only what expired', () => {
	expect(judgeResend({ ...fresh, tries: 5 }, after(60))).toEqual({ ok: false, refusal: 'too_many_tries' });
	expect(judgeResend(fresh, after(700))).toEqual({ ok: true });
});

test('a code is read however it is typed', () => {
	expect(['123456', ' 123 456 ', '１２３４５６', '123-456'].map((text) => readCode(text))).toEqual(
		Array(4).fill('123456'),
	);
	expect(['12345', '1234567', '12345a', '', '१२३४५६'].map((text) => readCode(text))).toEqual(Array(5).fill(undefined));
});
