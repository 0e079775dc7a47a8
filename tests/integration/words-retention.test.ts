import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { addWorkingDays } from '#lib/domain/application/working-days.ts';
import { addDays } from '#lib/domain/day.ts';
import { withdrawApplication } from '#lib/server/application/withdraw-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { eraseExpired } from '#lib/server/evidence/erase-expired.ts';
import type { EvidenceStorage } from '#lib/server/evidence/storage.ts';
import { eraseFreeWords } from '#lib/server/free-words/erase-free-words.ts';
import { readWordDays } from '#lib/server/free-words/words-rules.ts';
import { answerRequest } from '#lib/server/request/answer-request.ts';
import { checkPage } from '#lib/server/review/check-page.ts';
import { requestMore } from '#lib/server/review/request-more.ts';
import { readWorkCalendar } from '#lib/server/review/work-calendar.ts';
import { verifyDatabase } from '#lib/server/verify/verify-database.ts';
import { listBreaches } from '../support/breaches.ts';
import { pagesInHand } from '../support/case-page.ts';
import { writeSetting } from '../support/checks.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();

/** So long after its withdrawal everything of an application is kept, as the portal comes. */
const KEPT_DAYS = 30;
const SECRET = '家母住院，细节请勿外传';

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

/** The bytes of these pages are nowhere. */
const storage = { remove: () => Promise.resolve() } as unknown as EvidenceStorage;
/** What the night does; returns how many pages went. */
const erase = async (day: string) => {
	await eraseFreeWords(database.db, { today: day });
	return eraseExpired(database.db, { storage, today: day });
};

type Case = Awaited<ReturnType<typeof pagesInHand>>;
const ownerOf = ({ cardholderId, accountId }: Case) => ({ cardholderId, accountId });

/** A case of which more was asked in free words, with a page that was asked for again in free words; `answer` answers. */
async function wordedCase(answer: boolean): Promise<Case> {
	const held = await pagesInHand(database.db, [{}, { kind: 'other_document' }]);
	const asked = { verdict: 'again', reason: 'illegible', words: SECRET } as const;
	expect(await checkPage(database.db, { ...held.about(), ...asked })).toEqual({ ok: true });
	const dueOn = addWorkingDays(today(), 3, await readWorkCalendar(database.db));
	const items = [
		{ what: 'evidence', kind: 'payslip', reason: 'missing', words: SECRET },
		{ what: 'answer', kind: null, reason: 'to_understand', words: SECRET },
	] as const;
	const { staffId, sessionId, applicationId, fence, seen } = held.decision;
	const order = { staffId, sessionId, applicationId, fence, seen, note: '' };
	const done = await requestMore(database.db, { ...order, request: { items, dueOn, words: SECRET } });
	expect(done).toMatchObject({ ok: true });
	if (answer) {
		const form = { applicationId, answers: [{ position: 2, text: SECRET }], deed: 'send_anyway' as const };
		expect(await answerRequest(database.db, { owner: ownerOf(held), form, at: now() })).toMatchObject({ ok: true });
	}
	return held;
}

async function withdraw(held: Case): Promise<void> {
	const { applicationId } = held;
	const done = await withdrawApplication(database.db, { owner: ownerOf(held), applicationId, at: now() });
	expect(done).toMatchObject({ ok: true });
}

/** In how many places the words still stand. */
async function places({ applicationId }: Case): Promise<Record<string, number>> {
	const { rows } = await sql<Record<string, number>>`
		select
			(select count(*) from evidence_check where application_id = ${applicationId} and words = ${SECRET}) as page,
			(select count(*) from information_request where application_id = ${applicationId} and words = ${SECRET}) as request,
			(select count(*) from information_item where application_id = ${applicationId} and words = ${SECRET}) as items,
			(select count(*) from information_item where application_id = ${applicationId} and answer = ${SECRET}) as answers
		`.execute(database.db);
	return rows[0] ?? {};
}
const ALL = { page: 1, request: 1, items: 2, answers: 1 };
const NONE = { page: 0, request: 0, items: 0, answers: 0 };

test('free words on pages and of requests are kept through the last day and erased after it, with what was asked left standing', async () => {
	const held = await wordedCase(true);
	expect(await erase('2099-01-01')).toBe(0);
	expect(await places(held)).toEqual(ALL);
	await withdraw(held);
	expect(await erase(addDays(today(), KEPT_DAYS))).toBe(0);
	expect(await places(held)).toEqual(ALL);
	expect(await erase(addDays(today(), KEPT_DAYS + 1))).toBe(2);
	expect(await places(held)).toEqual(NONE);
	const { rows } = await sql`
		select q.closed_as, i.what, i.kind, i.reason, i.answered_at is not null as answered
		from information_request q join information_item i on i.request_id = q.id
		where q.application_id = ${held.applicationId} order by i.position`.execute(database.db);
	expect(rows).toEqual([
		{ closed_as: 'answered', what: 'evidence', kind: 'payslip', reason: 'missing', answered: false },
		{ closed_as: 'answered', what: 'answer', kind: null, reason: 'to_understand', answered: true },
	]);
	const log = await database.db
		.selectFrom('audit_log')
		.select(['actor_kind', 'detail'])
		.where('subject_id', '=', held.applicationId)
		.where('action', '=', 'application.words_erased')
		.where('detail', '@>', JSON.stringify({ kind: 'asked' }) as never)
		.execute();
	expect(log).toMatchObject([{ actor_kind: 'system', detail: { outcome: 'withdrawn', keptDays: KEPT_DAYS } }]);
	expect(await erase('2099-01-01')).toBe(0);
	expect(await listBreaches(database.db)).toEqual([]);
});

test('words of a request go by the bank’s rule for them, also where no page is left', async () => {
	const held = await wordedCase(false);
	await withdraw(held);
	const rules = await readWordDays(database.db);
	const asked = { ...rules.asked, withdrawn: 60 };
	const back = await writeSetting(database.owner, 'words_retention', { ...rules, asked });
	expect(await erase(addDays(today(), KEPT_DAYS + 1))).toBe(2);
	expect(await places(held)).toEqual({ ...ALL, page: 0, answers: 0 });
	await database.owner
		.updateTable('evidence')
		.set({ removed_at: now(), removal: 'by_cardholder', file_name: '', evidence_key_id: null })
		.where('application_id', '=', held.applicationId)
		.where('removed_at', 'is', null)
		.execute();
	expect(await erase(addDays(today(), 60))).toBe(0);
	expect((await places(held))['request']).toBe(1);
	await erase(addDays(today(), 61));
	expect(await places(held)).toEqual(NONE);
	await back();
});

test('whoever makes a page go, the agent’s words on it go with it', async () => {
	const held = await wordedCase(false);
	expect((await places(held))['page']).toBe(1);
	await database.db
		.updateTable('evidence')
		.set({ removed_at: now(), removal: 'replaced', file_name: '', evidence_key_id: null })
		.where('id', '=', held.pages[0] ?? '')
		.execute();
	expect((await places(held))['page']).toBe(0);
});

test('verify names words of a request that are kept too long, and a request without its status, and a status without its request', async () => {
	const found = async (asOf: string) =>
		(await Array.fromAsync(verifyDatabase(database.db, asOf)))
			.filter(({ promise }) => /free words|more is asked/.test(promise))
			.map(({ promise, record }) => [promise, record]);
	const held = await wordedCase(false);
	const { applicationId, reference } = held;
	expect(await found(today())).toEqual([]);
	const broken = ['more is asked of an application exactly while one request waits for its cardholder', reference];
	const close = (closed: boolean) =>
		database.owner
			.updateTable('information_request')
			.set(closed ? { closed_at: now(), closed_as: 'lapsed' } : { closed_at: null, closed_as: null })
			.where('application_id', '=', applicationId)
			.execute();
	await close(true);
	expect(await found(today())).toEqual([broken]);
	await close(false);
	expect(await found(today())).toEqual([]);
	await withdraw(held);
	await close(false);
	expect(await found(today())).toEqual([broken]);
	await close(true);
	const tooLong = addDays(today(), KEPT_DAYS + 3);
	const words = 'no free words are kept past their last day';
	expect(await found(addDays(tooLong, -1))).toEqual([]);
	expect(await found(tooLong)).toContainEqual([words, `asked of ${reference}, kept to ${addDays(today(), KEPT_DAYS)}`]);
});
