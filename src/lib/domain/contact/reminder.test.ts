import { expect, test } from 'vitest';
import { whyLeftOut } from '#lib/domain/contact/reminder.ts';

const rules = { everyDays: 3, dailyCap: 3 };
const overdue = {
	isBeingChecked: false,
	hasOpenApplication: false,
	isOnHold: false,
	hasAgreement: false,
	lastRemindedOn: undefined,
	contactsToday: 0,
};

test('an overdue account with nothing against it is reminded', () => {
	expect(whyLeftOut(overdue, '2026-11-21', rules)).toBeUndefined();
});

test('nobody is reminded while figures are in doubt, an application is open or an agreement is kept', () => {
	expect(whyLeftOut({ ...overdue, isBeingChecked: true }, '2026-11-21', rules)).toBe('being_checked');
	expect(whyLeftOut({ ...overdue, hasOpenApplication: true }, '2026-11-21', rules)).toBe('application_open');
	expect(whyLeftOut({ ...overdue, hasAgreement: true }, '2026-11-21', rules)).toBe('agreement');
});

test('an account is reminded once in so many days', () => {
	const on = (lastRemindedOn: string) => whyLeftOut({ ...overdue, lastRemindedOn }, '2026-11-21', rules);
	expect(on('2026-11-21')).toBe('reminded_recently');
	expect(on('2026-11-19')).toBe('reminded_recently');
	expect(on('2026-11-18')).toBeUndefined();
});

test('what is on its way counts towards the day’s cap', () => {
	expect(whyLeftOut({ ...overdue, contactsToday: 3 }, '2026-11-21', rules)).toBe('daily_cap');
	expect(whyLeftOut({ ...overdue, contactsToday: 2 }, '2026-11-21', rules)).toBeUndefined();
});

test('while a hold stands nobody is reminded, whatever else is so, and the hold is what is said', () => {
	expect(whyLeftOut({ ...overdue, isOnHold: true, hasOpenApplication: true }, '2026-11-21', rules)).toBe('on_hold');
});
