import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { now } from '#lib/server/clock.ts';
import { runAs } from '#lib/server/db/identity.ts';
import { inboxGateway } from '#lib/server/message/inbox-gateway.ts';
import { deliverMessage } from '#lib/server/message/deliver-message.ts';
import { checkPage } from '#lib/server/review/check-page.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { undoCheck } from '#lib/server/review/undo-check.ts';
import { holdClock, passSeconds, useEnv } from '../support/access.ts';
import { addPage, pagesInHand, tracesOfPages } from '../support/case-page.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/staff.ts';

const database = useDatabase();
const ACCEPTED = { verdict: 'accepted', reason: null, words: '' } as const;
const AGAIN = { verdict: 'again', reason: 'cut_off', words: '右下角没有拍到。' } as const;

beforeAll(() => useEnv());
beforeEach(() => holdClock());
afterEach(() => vi.useRealTimers());

const traces = ({ applicationId }: { applicationId: string }) => tracesOfPages(database.db, applicationId);

test('a page is accepted by whoever holds the case, in their own name before the database, and the latest word stands', async () => {
	const it = await pagesInHand(database.db);
	const asAgent = <T>(run: () => Promise<T>) => runAs({ staff: 'agent', staffId: it.staffId }, run);
	expect(await asAgent(() => checkPage(database.db, { ...it.about(), ...AGAIN }))).toEqual({ ok: true });
	expect(await asAgent(() => checkPage(database.db, { ...it.about(), ...ACCEPTED }))).toEqual({ ok: true });
	const { checks, audit } = await traces(it);
	expect(checks).toEqual([{ page: it.pages[0], verdict: 'accepted', reason: null, words: '' }]);
	expect(audit).toEqual(['evidence.asked_again', 'evidence.accepted']);
});

test('looking through the pages leaves the decision as it was: it is made on the same form', async () => {
	const it = await pagesInHand(database.db);
	await checkPage(database.db, { ...it.about(), ...ACCEPTED });
	expect(await decideApplication(database.db, it.decision)).toMatchObject({ ok: true });
	// And what was decided is not judged any more.
	expect(await checkPage(database.db, { ...it.about(), ...AGAIN })).toEqual({ ok: false, refusal: 'status_changed' });
});

test('an earlier taking, another agent and a lease that ran out find nothing out about a page', async () => {
	const it = await pagesInHand(database.db);
	const other = await makeStaff(database.db, `other-${it.staffId}`);
	const about = it.about();
	for (const [changed, refusal] of [
		[{ fence: about.fence - 1 }, 'stale_fence'],
		[{ staffId: other }, 'taken_by_other'],
		[{ evidenceId: '00000000-0000-0000-0000-000000000000' }, 'page_gone'],
	] as const) {
		expect(await checkPage(database.db, { ...about, ...changed, ...ACCEPTED })).toEqual({ ok: false, refusal });
		expect(await undoCheck(database.db, { ...about, ...changed })).toEqual({ ok: false, refusal });
	}
	passSeconds(3600);
	expect(await checkPage(database.db, { ...about, ...ACCEPTED })).toEqual({ ok: false, refusal: 'lease_lost' });
	expect(await traces(it)).toEqual({ checks: [], pins: [], audit: [], messages: [] });
});

test('a page of another case is not judged from this one, nor one that nobody can look at', async () => {
	const elsewhere = await pagesInHand(database.db);
	const it = await pagesInHand(database.db, [{ state: 'received' }]);
	const foreign = { ...it.about(), evidenceId: elsewhere.pages[0] ?? '' };
	expect(await checkPage(database.db, { ...foreign, ...ACCEPTED })).toEqual({ ok: false, refusal: 'page_gone' });
	expect(await checkPage(database.db, { ...it.about(), ...AGAIN })).toEqual({ ok: false, refusal: 'page_not_ready' });
	expect((await traces(elsewhere)).checks).toEqual([]);
});

test('who asks again gives a reason, and the words go to the cardholder alone', async () => {
	const it = await pagesInHand(database.db);
	const check = (given: object) => checkPage(database.db, { ...it.about(), ...AGAIN, ...given });
	expect(await check({ reason: null })).toEqual({ ok: false, refusal: 'reason_needed' });
	expect(await check({ reason: 'other', words: ' ' })).toEqual({ ok: false, refusal: 'words_needed' });
	expect((await traces(it)).messages).toEqual([]);
	expect(await check({})).toEqual({ ok: true });
	const logged = await database.db
		.selectFrom('audit_log')
		.selectAll()
		.where('subject_id', '=', it.pages[0] ?? '')
		.execute();
	expect(logged).toMatchObject([
		{ action: 'evidence.asked_again', actor_id: it.staffId, cardholder_id: it.cardholderId },
	]);
	expect(JSON.stringify(logged)).not.toContain('右下角');
});

test('of several pages asked for in one sitting the cardholder hears once, a few minutes later', async () => {
	const it = await pagesInHand(database.db, [{}, {}]);
	await checkPage(database.db, { ...it.about(0), ...AGAIN });
	passSeconds(60);
	await checkPage(database.db, { ...it.about(1), ...AGAIN });
	const { messages } = await traces(it);
	expect(messages).toHaveLength(1);
	expect(messages[0]?.notBefore.getTime()).toBe(now().getTime() + 240_000);
	passSeconds(300);
	const handed = await deliverMessage(database.db, messages[0]?.id ?? '', inboxGateway);
	expect(handed).toEqual({ outcome: 'handed_over' });
});

test('what was taken back in time is told to nobody, and asked for anew it is told after all', async () => {
	const it = await pagesInHand(database.db);
	await checkPage(database.db, { ...it.about(), ...AGAIN });
	expect(await undoCheck(database.db, it.about())).toEqual({ ok: true });
	expect((await traces(it)).checks).toEqual([]);
	passSeconds(301);
	const [first] = (await traces(it)).messages;
	const dropped = await deliverMessage(database.db, first?.id ?? '', inboxGateway);
	expect(dropped).toEqual({ outcome: 'dropped', failure: 'nothing_asked' });

	await checkPage(database.db, { ...it.about(), ...AGAIN });
	passSeconds(301);
	const second = (await traces(it)).messages.find(({ status }) => status === 'queued');
	expect(await deliverMessage(database.db, second?.id ?? '', inboxGateway)).toEqual({ outcome: 'handed_over' });
	expect((await traces(it)).audit).toEqual([
		'evidence.asked_again',
		'evidence.check_taken_back',
		'evidence.asked_again',
	]);
});

test('a page judged in two windows at once has one verdict, and both are in the log', async () => {
	const it = await pagesInHand(database.db);
	const both = [ACCEPTED, AGAIN].map((verdict) => checkPage(database.db, { ...it.about(), ...verdict }));
	expect(await Promise.all(both)).toEqual([{ ok: true }, { ok: true }]);
	const { checks, audit } = await traces(it);
	expect([checks.length, audit.length]).toEqual([1, 2]);
});

test('a page that came meanwhile is something new to decide on', async () => {
	const it = await pagesInHand(database.db);
	await addPage(database.db, it);
	expect(await decideApplication(database.db, it.decision)).toEqual({ ok: false, refusal: 'evidence_changed' });
});
