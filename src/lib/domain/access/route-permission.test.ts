import { expect, test } from 'vitest';
import { homeOf, mayEnter, type StaffRole } from '#lib/domain/access/permission.ts';
import { judge } from '#lib/domain/access/route-permission.ts';

const GET = { method: 'GET', action: 'default' };

test('who is allowed is let through, as the least that the deed asks for', () => {
	expect(judge({ route: '/', ...GET }, ['cardholder'])).toEqual({ ok: true, as: 'visitor' });
	expect(judge({ route: '/(cardholder)/debt', ...GET }, ['cardholder'])).toEqual({ ok: true, as: 'cardholder' });
	expect(judge({ route: '/(staff)/desk', ...GET }, ['cardholder', 'agent'])).toEqual({ ok: true, as: 'agent' });
});

test('what stands in no table is refused, for whomever', () => {
	const all = ['cardholder', 'admin'] as const;
	expect(judge({ route: '/(staff)/new', ...GET }, all)).toEqual({ ok: false, why: 'unknown' });
	expect(judge({ route: 'constructor', ...GET }, all)).toEqual({ ok: false, why: 'unknown' });
	const debt = { route: '/(cardholder)/debt', method: 'POST' };
	expect(judge({ ...debt, action: 'default' }, all)).toEqual({ ok: false, why: 'method' });
	expect(judge({ ...debt, action: 'toString' }, all)).toEqual({ ok: false, why: 'method' });
	expect(judge({ route: '/', method: 'DELETE', action: 'default' }, all)).toEqual({ ok: false, why: 'method' });
});

test('HEAD is as GET', () => {
	expect(judge({ route: '/', method: 'HEAD', action: 'default' }, [])).toMatchObject({ ok: true });
});

test('who has not signed in is led to the door of the area; who has as somebody else is refused', () => {
	expect(judge({ route: '/(cardholder)/debt', ...GET }, [])).toEqual({ ok: false, why: 'sign_in' });
	expect(judge({ route: '/(cardholder)/debt', ...GET }, ['agent'])).toEqual({ ok: false, why: 'sign_in' });
	expect(judge({ route: '/(staff)/admin', ...GET }, [])).toEqual({ ok: false, why: 'staff_sign_in' });
	expect(judge({ route: '/(staff)/admin', ...GET }, ['cardholder'])).toEqual({ ok: false, why: 'staff_sign_in' });
	expect(judge({ route: '/(staff)/admin', ...GET }, ['supervisor'])).toEqual({ ok: false, why: 'forbidden' });
});

test('each role may enter the page on which its day starts, and no area that is not there', () => {
	for (const role of ['agent', 'supervisor', 'support', 'admin'] as StaffRole[]) {
		expect(mayEnter(role, homeOf(role).slice(1))).toBe(true);
		expect(mayEnter(role, '') || mayEnter(role, 'toString') || mayEnter(role, 'debt')).toBe(false);
	}
	expect(mayEnter('agent', 'admin')).toBe(false);
});
