import { beforeAll, beforeEach, expect, test } from 'vitest';
import { type Skill } from '#lib/domain/review/queue-policy.ts';
import { now } from '#lib/server/clock.ts';
import { runAs } from '#lib/server/db/identity.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { listQueue } from '#lib/server/review/list-queue.ts';
import { reorderQueue } from '#lib/server/review/reorder-queue.ts';
import { changeKnowledge } from '#lib/server/staff/change-knowledge.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/staff.ts';
import { makeSubmittedApplication } from '../support/submitted-application.ts';

const database = useDatabase();
const actor = { kind: 'command', id: null } as const;
const HOUR = 3_600_000;

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});
beforeEach(async () => {
	await database.db.updateTable('review').set({ closed_at: now() }).where('closed_at', 'is', null).execute();
	await database.db.updateTable('staff').set({ disabled_at: now() }).execute();
});

let made = 0;

/** A waiting application at a place of its own, due in so many hours. */
async function waiting(place: {
	priority?: number;
	dueIn?: number;
	language?: string;
	skill?: string;
}): Promise<string> {
	const { applicationId } = await makeSubmittedApplication(database.db, ++made);
	const { priority = 5, dueIn = 24, language = 'zh-CN', skill = '' } = place;
	const due_at = new Date(now().getTime() + dueIn * HOUR);
	await database.db
		.updateTable('review')
		.set({ priority, due_at, language, skill })
		.where('application_id', '=', applicationId)
		.execute();
	return applicationId;
}

/** Somebody who has enrolled, with what they know. */
async function knowing(languages: string[], skills: Skill[] = []): Promise<string> {
	const staffId = await makeStaff(database.db, `knows-${String(++made)}`);
	const enrolled = { enrolled_at: now(), password_hash: 'none', totp_secret_sealed: Buffer.from('none') };
	await database.db.updateTable('staff').set(enrolled).where('id', '=', staffId).execute();
	expect(await changeKnowledge(database.db, { staffId, languages, skills, actor })).toEqual({ ok: true });
	return staffId;
}

/** What somebody is given by "take next", asking in their own name. */
const nextOf = async (staffId: string) =>
	(await runAs({ staff: 'agent', staffId }, () => claimNext(database.db, { staffId })))?.applicationId;

test('what is late comes first, then the class, then what is due; the list stands in the same order', async () => {
	const usual = await waiting({ dueIn: 2 });
	const pressing = await waiting({ priority: 2, dueIn: 30 });
	const late = await waiting({ priority: 9, dueIn: -1 });
	const earlier = await waiting({ dueIn: 1 });
	const order = [late, pressing, earlier, usual];
	const staff = await Promise.all(order.map(() => knowing(['zh-CN', 'en'])));
	const { lines, late: count } = await listQueue(database.db, { staffId: staff[0] ?? '' });
	expect(lines.map(({ applicationId }) => applicationId)).toEqual(order);
	expect([lines.map(({ urgency }) => urgency), count]).toEqual([['late', 'first', 'soon', 'soon'], 1]);
	const given: (string | undefined)[] = [];
	for (const staffId of staff) given.push(await nextOf(staffId));
	expect(given).toEqual(order);
});

test('nobody is given a language that they do not read, unless nobody here reads it', async () => {
	const english = await waiting({ priority: 1, language: 'en' });
	const chinese = await waiting({ priority: 9 });
	const reader = await knowing(['zh-CN']);
	const other = await knowing(['en']);
	expect(await nextOf(reader)).toBe(chinese);
	await database.db.updateTable('staff').set({ disabled_at: now() }).where('id', '=', other).execute();
	expect(await nextOf(await knowing(['zh-CN']))).toBe(english);
});

test('a case that asks for a skill goes to who has it, unless nobody here has', async () => {
	const large = await waiting({ priority: 1, skill: 'large_amounts' });
	const plain = await waiting({ priority: 9 });
	const practised = await knowing(['zh-CN'], ['large_amounts']);
	expect(await nextOf(await knowing(['zh-CN']))).toBe(plain);
	expect(await nextOf(practised)).toBe(large);
	const alone = await waiting({ skill: 'disaster' });
	expect(await nextOf(await knowing(['zh-CN']))).toBe(alone);
});

test('whose lease ran out comes back at its place among those that wait', async () => {
	const lapsed = await waiting({ priority: 3 });
	await waiting({ priority: 4 });
	expect(await nextOf(await knowing(['zh-CN']))).toBe(lapsed);
	const before = await waiting({ priority: 2 });
	const lease_expires_at = new Date(now().getTime() - 1);
	await database.db.updateTable('review').set({ lease_expires_at }).where('application_id', '=', lapsed).execute();
	expect(await nextOf(await knowing(['zh-CN']))).toBe(before);
	expect(await nextOf(await knowing(['zh-CN']))).toBe(lapsed);
});

test('an application has its place when it is sent, and another once the policy has changed', async () => {
	const { applicationId } = await makeSubmittedApplication(database.db, ++made);
	const place = () =>
		database.db
			.selectFrom('review')
			.select(['priority', 'language', 'skill', 'queued_at', 'due_at'])
			.where('application_id', '=', applicationId)
			.executeTakeFirstOrThrow();
	const sent = await place();
	expect(sent).toMatchObject({ priority: 3, language: 'zh-CN', skill: '' });
	expect(sent.due_at.getTime()).toBeGreaterThan(sent.queued_at.getTime());
	const value = JSON.stringify({
		priorities: [],
		otherwise: 7,
		promisedWorkingDays: {},
		skills: [{ when: { reasons: ['illness_or_injury'] }, skill: 'illness_or_injury' }],
	});
	await database.db.updateTable('setting').set({ value }).where('key', '=', 'queue').execute();
	expect(await reorderQueue(database.db, { actor })).toEqual({ open: 1, moved: 1 });
	expect(await place()).toMatchObject({ priority: 7, skill: 'illness_or_injury' });
	expect(await reorderQueue(database.db, { actor })).toEqual({ open: 1, moved: 0 });
});

test('nobody takes from the queue in a colleague’s name, nor from outside of the desk', async () => {
	await waiting({});
	const [one, other] = [await knowing(['zh-CN']), await knowing(['zh-CN'])];
	const asked = (staffId: string) => claimNext(database.db, { staffId });
	await expect(runAs({ staff: 'agent', staffId: one }, () => asked(other))).rejects.toThrow(/each for themselves/);
	await expect(runAs({ staff: 'support', staffId: one }, () => asked(one))).resolves.toBeUndefined();
});

test('without a language nobody is left, and who works here no more is not changed', async () => {
	const staffId = await knowing(['en']);
	const change = { staffId, languages: [], skills: [], actor } as const;
	expect(await changeKnowledge(database.db, change)).toEqual({ ok: false, refusal: 'language_missing' });
	await database.db.updateTable('staff').set({ disabled_at: now() }).where('id', '=', staffId).execute();
	const asked = { ...change, languages: ['en'] } as const;
	expect(await changeKnowledge(database.db, asked)).toEqual({ ok: false, refusal: 'not_found' });
});
