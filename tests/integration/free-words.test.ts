import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '#lib/domain/day.ts';
import { endHold, recordHold } from '#lib/server/contact-hold/record-hold.ts';
import { sealAudit } from '#lib/server/audit/seal-audit.ts';
import { now, today } from '#lib/server/clock.ts';
import { runAs } from '#lib/server/db/identity.ts';
import { eraseFreeWords } from '#lib/server/free-words/erase-free-words.ts';
import { readWordDays } from '#lib/server/free-words/words-rules.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { replayKeptDecisions } from '#lib/server/review/replay-kept-decision.ts';
import { listBreaches } from '../support/breaches.ts';
import { type Held, inHand } from '../support/case-in-hand.ts';
import { writeSetting } from '../support/checks.ts';
import { useDatabase } from '../support/database.ts';
import { type KilledDatabase, killedDatabase, marksOfTables } from '../support/killed-database.ts';
import { declined, object, takenByAnother } from '../support/objection.ts';
import { quarrelledCase, refusedOfferCase, SECRET, textsOf } from '../support/worded-case.ts';

const database = useDatabase();
let killed: KilledDatabase;

/** As the portal comes. */
const DAYS = { short: 180, long: 1095, withdrawn: 30 };
const ONE_DAY = '2099-01-01';

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
	killed = killedDatabase(database.connectionString, database.db);
});
afterAll(() => killed.db.destroy());

/** The night of so many days from today. */
const night = (inDays: number) => eraseFreeWords(database.db, { today: addDays(today(), inDays) });

const EVERYWHERE = { situation: 1, asked: 3, objection: 1, decision: 5, note: 5 };
const QUARREL = { objection: 1, decision: 5, note: 5 };

async function erasuresOf({ applicationId }: Held) {
	return database.db
		.selectFrom('words_erasure')
		.select(['kind', 'outcome', 'ended_on', 'kept_days'])
		.where('application_id', '=', applicationId)
		.orderBy('kind')
		.execute();
}

async function auditOf({ applicationId }: Held) {
	const rows = await database.db
		.selectFrom('audit_log')
		.select(['actor_kind', 'detail'])
		.where('subject_id', '=', applicationId)
		.where('action', '=', 'application.words_erased')
		.orderBy('id')
		.execute();
	return rows.map(({ detail, ...row }) => ({ ...row, ...detail }));
}

/** All that is kept of an application's decisions but words: figures, codes, who and when. */
async function frozenOf({ applicationId }: Held) {
	const { rows } = await sql`
		select to_jsonb(d) - 'words' - 'note' #- '{inputs,letter,own}' as decision, to_jsonb(o) - 'words' as objection
		from decision d left join objection o on o.application_id = d.application_id
		where d.application_id = ${applicationId} order by d.decided_at`.execute(database.db);
	return rows;
}

test('each kind of words goes the night after its last day, not a day before, and nothing else of the record changes', async () => {
	const held = await quarrelledCase(database.db);
	expect(await textsOf(database.db, held)).toEqual(EVERYWHERE);
	const before = await frozenOf(held);
	const replayed = await replayKeptDecisions(database.db, held.reference);
	await night(DAYS.short);
	expect(await textsOf(database.db, held)).toEqual(EVERYWHERE);
	await night(DAYS.short + 1);
	expect(await textsOf(database.db, held)).toEqual(QUARREL);
	await night(DAYS.long);
	expect(await textsOf(database.db, held)).toEqual(QUARREL);
	await night(DAYS.long + 1);
	expect(await textsOf(database.db, held)).toEqual({});

	const rule = { outcome: 'declined', ended_on: today() };
	const kept = (kind: string, kept_days: number) => ({ kind, ...rule, kept_days });
	expect(await erasuresOf(held)).toEqual([
		kept('asked', DAYS.short),
		kept('decision', DAYS.long),
		kept('note', DAYS.long),
		kept('objection', DAYS.long),
		kept('situation', DAYS.short),
	]);
	const ended = { outcome: 'declined', endedOn: today() };
	const line = (kind: string, keptDays: number) => ({ actor_kind: 'system', kind, keptDays, ...ended });
	expect(await auditOf(held)).toEqual([
		line('asked', DAYS.short),
		line('situation', DAYS.short),
		line('decision', DAYS.long),
		line('note', DAYS.long),
		line('objection', DAYS.long),
	]);
	expect(await frozenOf(held)).toEqual(before);
	const figures = replayed.flatMap((each) => each.replayed?.figures ?? []);
	expect(figures.length).toBeGreaterThan(20);
	expect(figures.filter(({ same }) => !same)).toEqual([]);
	expect(await replayKeptDecisions(database.db, held.reference)).toEqual(replayed);
	await sealAudit(database.db);
	const chain = (await listBreaches(database.db)).filter(
		({ promise, record }) => /audit|words/.test(promise) || record.includes(held.reference),
	);
	expect(chain).toEqual([]);
});

test('no word of any of it stands in the audit log, before or after', async () => {
	const { rows } = await sql`select action from audit_log where detail::text like ${`%${SECRET}%`}`.execute(
		database.db,
	);
	expect(rows).toEqual([]);
});

test('what was said to an offer goes with the application that was taken back, by its own days', async () => {
	const held = await refusedOfferCase(database.db);
	await night(DAYS.withdrawn);
	expect(await textsOf(database.db, held)).toEqual({ offer_answer: 1 });
	await night(DAYS.withdrawn + 1);
	expect(await textsOf(database.db, held)).toEqual({});
	expect((await erasuresOf(held)).map(({ kind }) => kind)).toEqual(['offer_answer', 'situation']);
});

test('nothing goes while an objection is open, nor while the decision can still be objected to', async () => {
	const none = { approved: 0, declined: 0, withdrawn: 0, expired_draft: 0 };
	const rules = await readWordDays(database.db);
	const back = await writeSetting(
		database.owner,
		'words_retention',
		Object.fromEntries(Object.keys(rules).map((kind) => [kind, none])),
	);
	const held = await declined(database.db);
	const words = async () =>
		(
			await database.db
				.selectFrom('application')
				.select('circumstances')
				.where('id', '=', held.applicationId)
				.executeTakeFirstOrThrow()
		).circumstances;
	await night(30);
	expect(await words()).not.toBe('');
	expect(await object(database.db, held)).toEqual({ ok: true });
	await eraseFreeWords(database.db, { today: ONE_DAY });
	expect(await words()).not.toBe('');
	const other = await takenByAnother(database.db, held);
	expect(await decideApplication(database.db, { ...other, outcome: 'declined', reason: 'able_to_pay' })).toMatchObject({
		ok: true,
	});
	await night(0);
	expect(await words()).not.toBe('');
	await night(1);
	expect(await words()).toBe('');
	await back();
});

test('nothing goes while a hold stands on the account, nor on the day on which it ended', async () => {
	const held = await refusedOfferCase(database.db);
	const { applicationId, cardholderId, accountId, staffId } = held;
	const hold = { applicationId, cardholderId, accountId, staffId, kind: 'dispute', at: now() } as const;
	await database.db.transaction().execute((trx) => recordHold(trx, { ...hold, until: addDays(today(), 60) }));
	await eraseFreeWords(database.db, { today: ONE_DAY });
	expect(await textsOf(database.db, held)).toEqual({ offer_answer: 1 });
	const { id } = await database.db
		.selectFrom('contact_hold')
		.select('id')
		.where('application_id', '=', applicationId)
		.executeTakeFirstOrThrow();
	const ended = { by: null, at: new Date(now().getTime() + 40 * 86_400_000) };
	const row = { ...hold, id, until: addDays(today(), 60) };
	await database.db.transaction().execute((trx) => endHold(trx, row, ended));
	await night(40);
	expect(await textsOf(database.db, held)).toEqual({ offer_answer: 1 });
	await night(41);
	expect(await textsOf(database.db, held)).toEqual({});
});

test('what was agreed keeps its words as long as the agreement lives', async () => {
	const held = await inHand(database.db);
	expect(await decideApplication(database.db, held.order)).toMatchObject({ ok: true });
	await eraseFreeWords(database.db, { today: ONE_DAY });
	expect(await erasuresOf(held)).toEqual([]);
});

test('killed before any of its statements nothing of it stands, and the next night does all of it', async () => {
	const held = await quarrelledCase(database.db);
	await sealAudit(database.db);
	const at = addDays(today(), DAYS.long + 1);
	const deed = (db: typeof database.db) => eraseFreeWords(db, { today: at });
	const before = await marksOfTables(database.owner);
	const killedBefore: string[] = [];
	while (killedBefore.at(-1) !== 'commit') {
		const died = await killed.run({ before: killedBefore.length + 1 }, deed);
		if (died === undefined) throw new Error('it came to an end before it was killed at its commit');
		killedBefore.push(died);
	}
	expect(await marksOfTables(database.owner)).toEqual(before);
	expect(killedBefore.filter((statement) => /erase_free_words|audit_log/.test(statement))).toHaveLength(6);
	expect(await killed.run({ after: 'commit' }, deed)).toBe('commit');
	expect(await textsOf(database.db, held)).toEqual({});
	expect(await auditOf(held)).toHaveLength(5);
});

test('run by three processes at once each kind is erased once', async () => {
	const held = await quarrelledCase(database.db);
	const at = addDays(today(), DAYS.long + 1);
	const counts = await Promise.all([1, 2, 3].map(() => eraseFreeWords(database.db, { today: at })));
	expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
	expect(await auditOf(held)).toHaveLength(5);
});

test('without a rule that makes sense nothing is erased', async () => {
	const held = await refusedOfferCase(database.db);
	const rules = await readWordDays(database.db);
	const back = await writeSetting(database.owner, 'words_retention', { ...rules, note: { approved: -1 } });
	await expect(eraseFreeWords(database.db, { today: ONE_DAY })).rejects.toThrow();
	await back();
	expect(await textsOf(database.db, held)).toEqual({ offer_answer: 1 });
});

test('the database itself refuses: to staff, for what lives, and every change that is no erasure', async () => {
	const living = await inHand(database.db);
	const over = await quarrelledCase(database.db);
	const erase = ({ applicationId }: Held, kind = 'note') =>
		sql`select erase_free_words(${applicationId}, ${kind}, now(), 'declined', current_date, 0)`.execute(database.db);
	await expect(runAs({ staff: 'supervisor', staffId: over.staffId }, () => erase(over))).rejects.toThrow('night');
	await expect(erase(living)).rejects.toThrow('lives');
	const { owner } = database;
	const decisions = owner.updateTable('decision').where('application_id', '=', over.applicationId);
	await expect(decisions.set({ note: '' }).execute()).rejects.toThrow('append-only');
	await erase(over);
	expect(await textsOf(database.db, over)).toEqual({ ...EVERYWHERE, note: undefined });
	await expect(decisions.set({ note: 'another' }).execute()).rejects.toThrow('append-only');
	await expect(decisions.set({ words: '' }).execute()).rejects.toThrow('append-only');
	await expect(decisions.set({ note: '', fence: 0 }).execute()).rejects.toThrow('append-only');
	const objections = owner.updateTable('objection').where('application_id', '=', over.applicationId);
	await expect(objections.set({ words: '' }).execute()).rejects.toThrow('closed once');
	await expect(owner.deleteFrom('review_note').execute()).rejects.toThrow('append-only');
	const note = { application_id: living.applicationId, staff_id: living.staffId, body: '' };
	await expect(owner.insertInto('review_note').values(note).execute()).rejects.toThrow('without words');
});
