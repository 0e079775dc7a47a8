import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attachDocuments } from '#lib/server/evidence/attach-documents.ts';
import { listEvidence } from '#lib/server/evidence/list-evidence.ts';
import { listMarkedLines } from '#lib/server/evidence/mark-line.ts';
import { prepareEvidence } from '#lib/server/evidence/prepare-evidence.ts';
import { type EvidenceStorage, folderStorage } from '#lib/server/evidence/storage.ts';
import { now } from '#lib/server/clock.ts';
import { checkPage } from '#lib/server/review/check-page.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { pinPage } from '#lib/server/review/pin-page.ts';
import { useEnv } from '../support/access.ts';
import { pagesInHand, tracesOfPages } from '../support/case-page.ts';
import { useDatabase } from '../support/database.ts';
import { formOf, jpeg } from '../support/evidence.ts';

const database = useDatabase();
let folder = '';
let storage: EvidenceStorage;

beforeAll(async () => {
	useEnv();
	folder = await mkdtemp(join(tmpdir(), 'portal-replaced-'));
	storage = folderStorage(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const AGAIN = { verdict: 'again', reason: 'illegible', words: '' } as const;

test('a page that the cardholder has replaced takes its verdict and its marks along, and the decision is refused with what changed', async () => {
	const it = await pagesInHand(database.db, [{}, {}]);
	await checkPage(database.db, { ...it.about(0), ...AGAIN });
	await pinPage(database.db, { ...it.about(0), line: 'wages', page: 0, isOn: true });
	const { cardholderId, accountId } = it;
	const replaces = it.pages[0] ?? '';
	const form = formOf([['letter.jpg', await jpeg()]], { kind: 'end_of_employment_letter', replaces });
	const replacing = { owner: { cardholderId, accountId }, source: form, at: now(), storage };
	const sent = await attachDocuments(database.db, replacing);
	expect(sent).toMatchObject({ ok: true, refused: [] });
	const [fresh = ''] = sent.ok ? sent.attached : [];

	const judged = await checkPage(database.db, { ...it.about(0), verdict: 'accepted', reason: null, words: '' });
	expect(judged).toEqual({ ok: false, refusal: 'page_gone' });
	expect(await decideApplication(database.db, it.decision)).toEqual({ ok: false, refusal: 'evidence_changed' });
	expect(await listMarkedLines(database.db, it.applicationId)).toEqual([]);
	const state = async () =>
		(await listEvidence(database.db, it.applicationId)).map(({ id, state: stands, check }) => [id, stands, check]);
	expect(await state()).toEqual(
		expect.arrayContaining([
			[fresh, 'received', null],
			[it.pages[1], 'ready', null],
		]),
	);
	// Once it was looked into it is judged like any other.
	expect(await prepareEvidence(database.db, fresh, { storage })).toBe('ready');
	expect(await checkPage(database.db, { ...it.about(0), evidenceId: fresh, ...AGAIN })).toEqual({ ok: true });
});

test('a page that nobody asked for again is not replaced while it is in review', async () => {
	const it = await pagesInHand(database.db);
	const { cardholderId, accountId } = it;
	await checkPage(database.db, { ...it.about(), verdict: 'accepted', reason: null, words: '' });
	const form = formOf([['letter.jpg', await jpeg()]], {
		kind: 'end_of_employment_letter',
		replaces: it.pages[0] ?? '',
	});
	const replacing = { owner: { cardholderId, accountId }, source: form, at: now(), storage };
	expect(await attachDocuments(database.db, replacing)).toEqual({ ok: false, refusal: 'already_submitted' });
});

test('a line of the budget is marked on one page at a time, on a sheet that is there, and its mark comes off', async () => {
	const it = await pagesInHand(database.db, [{ kind: 'payslip' }, { kind: 'bank_statement', pageCount: 3 }]);
	const mark = (place: number, page: number, isOn = true, fence = it.order.fence) =>
		pinPage(database.db, { ...it.about(place), fence, line: 'wages', page, isOn });
	expect(await mark(0, 0)).toEqual({ ok: true });
	expect(await mark(1, 2)).toEqual({ ok: true });
	expect(await mark(1, 3)).toEqual({ ok: false, refusal: 'page_gone' });
	expect(await mark(0, 0, true, it.order.fence - 1)).toEqual({ ok: false, refusal: 'stale_fence' });
	expect(await listMarkedLines(database.db, it.applicationId)).toEqual([
		{ line: 'wages', evidenceId: it.pages[1], page: 2 },
	]);
	// Another page's form takes no mark off this one.
	expect(await mark(0, 0, false)).toEqual({ ok: true });
	expect(await mark(1, 2, false)).toEqual({ ok: true });
	const { pins, audit } = await tracesOfPages(database.db, it.applicationId);
	expect(pins).toEqual([]);
	expect(audit).toEqual(['evidence.line_marked', 'evidence.line_marked', 'evidence.line_unmarked']);
	expect(await decideApplication(database.db, it.decision)).toMatchObject({ ok: true });
});
