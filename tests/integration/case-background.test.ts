import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listLinkTrail } from '#lib/server/access/link-trail.ts';
import { openAccessLink } from '#lib/server/access/open-access-link.ts';
import { recordHold } from '#lib/server/contact-hold/record-hold.ts';
import { queueMessage } from '#lib/server/message/queue-message.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { holdReminders } from '#lib/server/review/hold-reminders.ts';
import { releaseReview } from '#lib/server/review/release-review.ts';
import { withdrawApplication } from '#lib/server/application/withdraw-application.ts';
import { CHECKS, checksSeen } from '../support/checks.ts';
import { holdClock, makeLink, passSeconds, useEnv } from '../support/access.ts';
import { keepOn, makeSigned, pay } from '../support/agreement.ts';
import { viewedCase } from '../support/case-view.ts';
import { useDatabase } from '../support/database.ts';
import { confirmedSession } from '../support/staff.ts';
import { AT, makeCardholder, TODAY } from '../support/trip.ts';

const database = useDatabase();

beforeEach(() => {
	holdClock(AT);
	useEnv({ PORTAL_TODAY: TODAY });
});
afterEach(async () => {
	vi.useRealTimers();
	await database.db.updateTable('review').set({ closed_at: AT }).where('closed_at', 'is', null).execute();
});

test('the contact history tells what was sent, opened and held of this cardholder alone, and nothing of what was said', async () => {
	const { db } = database;
	const stranger = await makeCardholder(db);
	await makeLink(db, stranger.accountId);
	const viewed = await viewedCase(db);
	const { cardholderId, accountId, applicationId, staffId } = viewed;
	// One link that nobody opens, and the one that takes its place.
	await makeLink(db, accountId);
	const token = await makeLink(db, accountId);
	passSeconds(60);
	await openAccessLink(db, token, 'person');
	await db
		.transaction()
		.execute((trx) => queueMessage(trx, { cardholderId, accountId, template: 'page_again', applicationId }));
	await db
		.updateTable('outbox_message')
		.set({ status: 'failed', failure: 'unreachable' })
		.where('cardholder_id', '=', cardholderId)
		.where('template', '=', 'page_again')
		.execute();
	await db
		.updateTable('outbox_message')
		.set({ status: 'handed_over', handed_over_at: AT })
		.where('cardholder_id', '=', cardholderId)
		.where('template', '=', 'application_received')
		.execute();
	const went = await db
		.selectFrom('outbox_message')
		.select(['id', 'template'])
		.where('cardholder_id', '=', cardholderId)
		.where('template', '=', 'application_received')
		.executeTakeFirstOrThrow();
	const contact = { outbox_message_id: went.id, cardholder_id: cardholderId, template: went.template, at: AT };
	await db
		.insertInto('contact_log')
		.values({ ...contact, channel: 'push', just_asked_for: false, contacted_on: '2026-11-23' })
		.execute();
	await db.transaction().execute((trx) =>
		recordHold(trx, {
			cardholderId,
			accountId,
			applicationId,
			staffId,
			kind: 'dispute',
			until: '2026-12-01',
			at: new Date(),
		}),
	);
	const { contacts } = await viewed.look();
	const told = contacts.map((step) => ('template' in step ? `${step.kind} ${step.template}` : step.kind)).sort();
	expect(told).toEqual([
		'hold_set',
		'link_opened',
		'message_failed page_again',
		'message_sent application_received',
		'message_waits reminder',
		'message_waits reminder',
	]);
	expect(contacts.find(({ kind }) => kind === 'message_sent')).toMatchObject({ channel: 'push' });
	expect(contacts.find(({ kind }) => kind === 'link_opened')).toMatchObject({ count: 1, cardLast4: '4821' });
	expect(contacts.find(({ kind }) => kind === 'hold_set')).toMatchObject({ hold: 'dispute', until: '2026-12-01' });
	expect(JSON.stringify(contacts)).not.toContain(token);
	// Of who has sent nothing the database itself shows the desk no link.
	expect(await viewed.as(() => listLinkTrail(db, stranger.cardholderId, 5))).toEqual([]);
});

test('earlier applications come with their outcome, day and reason, on whichever card, and nobody else’s', async () => {
	const { db } = database;
	const stranger = await makeCardholder(db);
	const gone = await viewedCase(db, stranger);
	await withdrawApplication(db, { owner: stranger, applicationId: gone.applicationId, at: AT });
	const first = await viewedCase(db);
	const { cardholderId, accountId } = first;
	const owner = { cardholderId, accountId };
	await withdrawApplication(db, { owner, applicationId: first.applicationId, at: AT });
	passSeconds(3600);
	const { past, agreements } = await (await viewedCase(db, owner)).look();
	expect(past).toMatchObject([
		{
			id: first.applicationId,
			status: 'withdrawn',
			reason: 'unemployment',
			endedAt: AT,
			declinedFor: null,
			cardLast4: '4821',
		},
	]);
	expect(agreements).toEqual([]);
});

test('an earlier agreement that lapsed tells to the fen how much of it was paid until then', async () => {
	const { db } = database;
	const stranger = await makeSigned(db);
	await pay(db, stranger, '2026-12-01', 700);
	const signed = await makeSigned(db);
	const [firstTotal = 0] = signed.totals;
	await pay(db, signed, '2026-12-05', firstTotal);
	await pay(db, signed, '2026-12-20', 12_345);
	await keepOn(db, '2027-01-06');
	await keepOn(db, '2027-01-21');
	// What is paid after its end is no part of it.
	await pay(db, signed, '2027-01-25', 5_000);
	useEnv({ PORTAL_TODAY: TODAY });
	const { cardholderId, accountId } = signed;
	const viewed = await viewedCase(db, { cardholderId, accountId });
	const { agreements } = await viewed.look();
	expect(agreements).toMatchObject([
		{
			status: 'lapsed',
			paid: firstTotal + 12_345,
			total: signed.totals.reduce((sum, amount) => sum + amount, 0),
			missed: 1,
			currency: 'CNY',
		},
	]);
});

test('every note stands in one list with its author, its moment and for what it was left', async () => {
	const { db } = database;
	const viewed = await viewedCase(db);
	const { applicationId, staffId, fence } = viewed;
	const { seen } = await viewed.look();
	const hold = { kind: 'dispute', until: '2026-12-01', note: 'Says one purchase is not theirs.' } as const;
	expect(await holdReminders(db, { staffId, applicationId, fence, ...hold })).toEqual({ ok: true });
	// It comes back into their hands by the same taking.
	await db.updateTable('application').set({ status: 'in_review' }).where('id', '=', applicationId).execute();
	await db
		.updateTable('review')
		.set({ lease_expires_at: new Date(AT.getTime() + 600_000) })
		.where('application_id', '=', applicationId)
		.execute();
	passSeconds(60);
	const sessionId = await confirmedSession(db, staffId);
	const decision = { outcome: 'declined', reason: 'able_to_pay', words: '目前您可以按约还款。' } as const;
	const order = {
		staffId,
		sessionId,
		applicationId,
		fence,
		seen,
		checked: CHECKS,
		checksSeen: await checksSeen(db, applicationId),
		...decision,
		note: 'Pays the rent twice.',
	};
	expect(await decideApplication(db, order)).toMatchObject({ ok: true });
	const { notes } = await viewed.look();
	const staffName = notes[0]?.staffName;
	expect(staffName).toMatch(/^viewer-/);
	expect(notes).toEqual([
		{ of: 'reminders_held', body: hold.note, staffName, at: AT },
		{ of: 'decided', body: 'Pays the rent twice.', staffName, at: new Date(AT.getTime() + 60_000) },
	]);
});

test('a note left on putting a case back says so', async () => {
	const { db } = database;
	const { applicationId, staffId, fence } = await viewedCase(db);
	expect(await releaseReview(db, { staffId, applicationId, fence, note: 'For tomorrow.' })).toEqual({ ok: true });
	const left = await db
		.selectFrom('review_note')
		.select(['left_for', 'body'])
		.where('application_id', '=', applicationId)
		.execute();
	expect(left).toEqual([{ left_for: 'put_back', body: 'For tomorrow.' }]);
});
