import { afterEach, expect, test } from 'vitest';
import { rereadEnv } from '#lib/server/env.ts';
import { cookieOptions, sessionCookieName } from '#lib/server/session/session-cookie.ts';

function useOrigin(origin: string) {
	process.env['ORIGIN'] = origin;
	rereadEnv();
}

afterEach(() => {
	delete process.env['ORIGIN'];
	rereadEnv();
});

test('over https a session’s cookie is bound to its host and to https', () => {
	useOrigin('https://repay.harbour.example');
	expect(sessionCookieName('cardholder')).toBe('__Host-session');
	expect(sessionCookieName('staff')).toBe('__Host-staff-session');
	expect(cookieOptions()).toEqual({ path: '/', httpOnly: true, sameSite: 'lax', secure: true });
});

test('the demo on loopback has no https and says so nowhere', () => {
	useOrigin('http://127.0.0.1:3000');
	expect(sessionCookieName('cardholder')).toBe('session');
	expect(cookieOptions()).toMatchObject({ httpOnly: true, secure: false });
});
