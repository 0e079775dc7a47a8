import { afterAll, beforeAll, expect, test } from 'vitest';
import { addWorkingDays } from '#lib/domain/application/working-days.ts';
import { addDays } from '#lib/domain/day.ts';
import { now, today } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { answerRequest } from '#lib/server/request/answer-request.ts';
import { claimAgain } from '#lib/server/review/claim-again.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { holdReminders, releaseReminders } from '#lib/server/review/hold-reminders.ts';
import { referReview } from '#lib/server/review/refer-review.ts';
import { releaseReview } from '#lib/server/review/release-review.ts';
import { requestMore } from '#lib/server/review/request-more.ts';
import { readWorkCalendar } from '#lib/server/review/work-calendar.ts';
import { type Held, inHand } from '../support/case-in-hand.ts';
import { offerOrder } from '../support/counter-offer.ts';
import { useDatabase } from '../support/database.ts';
import { type KilledDatabase, killedDatabase, marksOfTables } from '../support/killed-database.ts';
import { askForSecond } from '../support/second-approver.ts';

const database = useDatabase();
let killed: KilledDatabase;
let dueOn = '';

beforeAll(async () => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
	killed = killedDatabase(database.connectionString, database.db);
	// Drawn by lot, a decision would take one statement more; here each is.
	const drawn = { value: JSON.stringify({ percent: 100 }) };
	await database.owner.updateTable('setting').set(drawn).where('key', '=', 'second_review').execute();
	dueOn = addWorkingDays(today(), 3, await readWorkCalendar(database.db));
});
afterAll(() => killed.db.destroy());

type Deed = (db: Db) => Promise<{ readonly ok: boolean }>;

/** What a deed needs to stand, and the deed on whatever database it is given. */
type Prepared = () => Promise<Deed>;

const held = ({ order }: Held) => ({
	staffId: order.staffId,
	applicationId: order.applicationId,
	fence: order.fence,
	note: 'Waits for the employer.',
});

const question = { what: 'answer', kind: null, reason: 'to_understand', words: '您什么时候可以恢复工作？' } as const;
const request = () => ({
	items: [question, { what: 'evidence', kind: 'payslip', reason: 'missing', words: '' } as const],
	dueOn,
	words: '谢谢。',
});
const askMore = (it: Held) => (db: Db) => requestMore(db, { ...it.order, ...held(it), request: request() });

const DEEDS: Readonly<Record<string, { prepare: Prepared; tables: readonly string[] }>> = {
	approve: {
		prepare: async () => {
			await askForSecond(database, false);
			const { order } = await inHand(database.db);
			return (db) => decideApplication(db, order);
		},
		tables: ['agreement', 'application', 'decision', 'outbox_message', 'review', 'second_review'],
	},
	'approve as the first of two': {
		prepare: async () => {
			await askForSecond(database, true);
			const { order } = await inHand(database.db);
			return (db) => decideApplication(db, order);
		},
		tables: ['approval', 'review'],
	},
	decline: {
		prepare: async () => {
			await askForSecond(database, false);
			const { order } = await inHand(database.db);
			return (db) => decideApplication(db, { ...order, outcome: 'declined', reason: 'evidence_not_readable' });
		},
		tables: ['application', 'decision', 'outbox_message', 'review'],
	},
	'offer otherwise': {
		prepare: async () => {
			const it = await inHand(database.db);
			const order = await offerOrder(database.db, { ...it, fence: it.order.fence });
			return (db) => decideApplication(db, order);
		},
		tables: ['application', 'counter_offer', 'decision', 'outbox_message', 'quote', 'review'],
	},
	'ask for more': {
		prepare: async () => askMore(await inHand(database.db)),
		tables: ['application', 'information_item', 'information_request', 'outbox_message', 'review', 'review_note'],
	},
	'answer what was asked': {
		prepare: async () => {
			const it = await inHand(database.db);
			await askMore(it)(database.db);
			const { cardholderId, accountId, applicationId } = it;
			const form = { applicationId, answers: [{ position: 1, text: '下个月初。' }], deed: 'send_anyway' } as const;
			return (db) => answerRequest(db, { owner: { cardholderId, accountId }, form, at: now() });
		},
		tables: ['application', 'information_item', 'information_request', 'review'],
	},
	refer: {
		prepare: async () => {
			const it = await inHand(database.db);
			return (db) => referReview(db, held(it));
		},
		tables: ['application', 'review', 'review_note'],
	},
	'put on hold': {
		prepare: async () => {
			const it = await inHand(database.db);
			const until = addDays(today(), 30);
			return (db) => holdReminders(db, { ...held(it), kind: 'dispute', until });
		},
		tables: ['application', 'contact_hold', 'review', 'review_note'],
	},
	'end a hold': {
		prepare: async () => {
			const it = await inHand(database.db);
			await holdReminders(database.db, { ...held(it), kind: 'dispute', until: addDays(today(), 30) });
			const { staffId, applicationId } = it.order;
			await database.owner.updateTable('staff').set({ role: 'supervisor' }).where('id', '=', staffId).execute();
			const again = await claimAgain(database.db, { staffId, applicationId });
			const fence = again.ok ? again.claim.fence : 0;
			return (db) => releaseReminders(db, { staffId, applicationId, fence });
		},
		tables: ['contact_hold', 'review'],
	},
	'put back': {
		prepare: async () => {
			const it = await inHand(database.db);
			return (db) => releaseReview(db, held(it));
		},
		tables: ['application', 'review', 'review_note'],
	},
};

test.each(Object.entries(DEEDS))(
	'%s: killed before any of its statements nothing of it stands, and the next try does all of it',
	async (_, { prepare, tables }) => {
		// What is asked once and then remembered would change the count.
		expect(await (await prepare())(killed.db)).toMatchObject({ ok: true });
		const deed = await prepare();
		const before = await marksOfTables(database.owner);
		const killedBefore: string[] = [];
		while (killedBefore.at(-1) !== 'commit') {
			const died = await killed.run({ before: killedBefore.length + 1 }, deed);
			if (died === undefined) throw new Error('it came to an end before it was killed at its commit');
			killedBefore.push(died);
		}
		// Whatever one of them had left behind would be here still.
		expect(await marksOfTables(database.owner)).toEqual(before);
		expect(killedBefore.length).toBeGreaterThan(5);
		expect(await killed.run({ before: Infinity }, deed)).toBeUndefined();
		const after = await marksOfTables(database.owner);
		const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
		expect(changed).toEqual(expect.arrayContaining(tables.map((name) => `public.${name}`)));
		expect(changed).toContain('public.audit_log');
	},
);

test.each(Object.entries(DEEDS))(
	'%s: where only the answer is lost all of it stands, and sent again it does nothing more',
	async (_, { prepare }) => {
		const deed = await prepare();
		const before = await marksOfTables(database.owner);
		expect(await killed.run({ after: 'commit' }, deed)).toBe('commit');
		const done = await marksOfTables(database.owner);
		expect(done).not.toEqual(before);
		expect(await deed(database.db)).toMatchObject({ ok: false });
		expect(await marksOfTables(database.owner)).toEqual(done);
	},
);
