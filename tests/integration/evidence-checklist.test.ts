import { expect, test } from 'vitest';
import { EVIDENCE_KINDS } from '#lib/domain/application/evidence.ts';
import { REASONS } from '#lib/domain/application/reason.ts';
import type { Owner } from '#lib/server/application/draft.ts';
import { findWholeApplication } from '#lib/server/application/read-application.ts';
import { awaitPrepared } from '#lib/server/evidence/await-prepared.ts';
import { readEvidenceNeeds } from '#lib/server/evidence/evidence-rules.ts';
import { listEvidence } from '#lib/server/evidence/list-evidence.ts';
import { movePage } from '#lib/server/evidence/move-page.ts';
import { prepareEvidence } from '#lib/server/evidence/prepare-evidence.ts';
import { removeDocument } from '#lib/server/evidence/remove-document.ts';
import { turnPage } from '#lib/server/evidence/turn-page.ts';
import { useDatabase } from '../support/database.ts';
import { jpeg, PDF, useEvidence } from '../support/evidence.ts';
import { makeStaff } from '../support/staff.ts';
import { AT, makeSubmitted } from '../support/trip.ts';

const database = useDatabase();
const evidence = useEvidence(database);

const setting = () => database.owner.updateTable('setting').where('key', '=', 'evidence');
const listed = () => listEvidence(database.db, evidence.applicationId);
const names = async () => (await listed()).map(({ fileName }) => fileName);
const idOf = async (name: string) => (await listed()).find(({ fileName }) => fileName === name)?.id ?? '';
const by = async (name: string, owner: Owner = evidence.owner) => ({ owner, evidenceId: await idOf(name), at: AT });

let agents = 0;

/** An agent's word on a page. */
async function judge(name: string, verdict: 'accepted' | 'again'): Promise<void> {
	agents += 1;
	const reason = verdict === 'again' ? { reason: 'illegible', words: '右下角看不清' } : {};
	await database.owner
		.insertInto('evidence_check')
		.values({
			evidence_id: await idOf(name),
			application_id: evidence.applicationId,
			staff_id: await makeStaff(database.db, `looker-${String(agents)}`),
			verdict,
			...reason,
			at: AT,
		})
		.execute();
}

test('every reason asks for something that shows it and for the income, and says what is optional', async () => {
	const needs = await readEvidenceNeeds(database.db);
	for (const reason of REASONS) {
		const what = needs[reason].map(({ need, optional }) => [need, optional]);
		expect(what, reason).toEqual([
			['reason', false],
			['income', false],
			['more', true],
		]);
	}
	const asked = new Set(Object.values(needs).flatMap((list) => list.flatMap(({ oneOf }) => oneOf)));
	expect(EVIDENCE_KINDS.filter((kind) => !asked.has(kind))).toEqual([]);
});

test('what is asked for follows the setting, and one that makes no sense is refused', async () => {
	const { value } = await database.owner
		.selectFrom('setting')
		.select('value')
		.where('key', '=', 'evidence')
		.executeTakeFirstOrThrow();
	const { needs } = value as { needs: Record<string, unknown> };
	const only = { need: 'reason', oneOf: ['payslip'], optional: false };
	await setting()
		.set({ value: JSON.stringify({ needs: { ...needs, unemployment: [only] } }) })
		.execute();
	const application = await findWholeApplication(database.db, evidence.owner);
	expect(application).toMatchObject({ needs: [only], missingEvidence: [only] });
	for (const wrong of [undefined, [only, only], [{ ...only, oneOf: [] }], [{ ...only, oneOf: ['a selfie'] }]]) {
		await setting()
			.set({ value: JSON.stringify({ needs: { ...needs, unemployment: wrong } }) })
			.execute();
		await expect(readEvidenceNeeds(database.db)).rejects.toThrow();
	}
	await setting()
		.set({ value: JSON.stringify(value) })
		.execute();
});

test('a page is turned a quarter at a time, and the audit log says so', async () => {
	await evidence.attach([['letter.jpg', await jpeg()]]);
	for (const turns of [1, 2, 3, 0]) {
		expect(await turnPage(database.db, await by('letter.jpg'))).toEqual({ ok: true });
		expect((await listed())[0]?.turns).toBe(turns);
	}
	const log = await database.owner
		.selectFrom('audit_log')
		.select('detail')
		.where('action', '=', 'evidence.turned')
		.where('subject_id', '=', await idOf('letter.jpg'))
		.execute();
	expect(log).toHaveLength(4);
});

test('two taps at once turn a page twice', async () => {
	await evidence.attach([['letter.jpg', await jpeg()]]);
	const page = await by('letter.jpg');
	await Promise.all([turnPage(database.db, page), turnPage(database.db, page)]);
	expect((await listed())[0]?.turns).toBe(2);
});

test('pages move among those of their own kind, and no further than its ends', async () => {
	await evidence.attach([
		['one.pdf', PDF],
		['two.pdf', PDF],
	]);
	await evidence.attach([['other.pdf', PDF]], { kind: 'unemployment_registration' });
	await evidence.attach([['three.pdf', PDF]]);
	await movePage(database.db, { ...(await by('two.pdf')), way: 'later' });
	expect(await names()).toEqual(['one.pdf', 'three.pdf', 'other.pdf', 'two.pdf']);
	await movePage(database.db, { ...(await by('one.pdf')), way: 'earlier' });
	expect(await names()).toEqual(['one.pdf', 'three.pdf', 'other.pdf', 'two.pdf']);
	await movePage(database.db, { ...(await by('three.pdf')), way: 'earlier' });
	expect(await names()).toEqual(['three.pdf', 'one.pdf', 'other.pdf', 'two.pdf']);
});

test('nobody turns or moves a page of somebody else', async () => {
	await evidence.attach([
		['one.pdf', PDF],
		['two.pdf', PDF],
	]);
	const stranger = (await evidence.makeApplicant()).owner;
	const page = await by('one.pdf', stranger);
	expect(await turnPage(database.db, page)).toEqual({ ok: false, refusal: 'not_found' });
	expect(await movePage(database.db, { ...page, way: 'later' })).toEqual({ ok: false, refusal: 'not_found' });
	expect((await listed()).map(({ fileName, turns }) => [fileName, turns])).toEqual([
		['one.pdf', 0],
		['two.pdf', 0],
	]);
});

test('once it is sent a page is neither turned, nor moved, nor removed', async () => {
	await evidence.attach([
		['one.pdf', PDF],
		['two.pdf', PDF],
	]);
	await makeSubmitted(database.db, evidence.owner);
	const page = await by('one.pdf');
	const refused = { ok: false, refusal: 'already_submitted' };
	expect(await turnPage(database.db, page)).toEqual(refused);
	expect(await movePage(database.db, { ...page, way: 'later' })).toEqual(refused);
	expect(await removeDocument(database.db, { ...page, storage: evidence.storage })).toEqual(refused);
});

test('a page that is asked for again is replaced in its place, and no other', async () => {
	await evidence.attach([
		['one.pdf', PDF],
		['two.pdf', PDF],
	]);
	await makeSubmitted(database.db, evidence.owner);
	await judge('one.pdf', 'again');
	await judge('two.pdf', 'accepted');
	const accepted = { replaces: await idOf('two.pdf') };
	expect(await evidence.attach([['better.pdf', PDF]], accepted)).toEqual({ ok: false, refusal: 'already_submitted' });
	expect(await evidence.attach([['more.pdf', PDF]])).toEqual({ ok: false, refusal: 'already_submitted' });
	expect((await listed())[0]?.check).toMatchObject({ verdict: 'again', reason: 'illegible', words: '右下角看不清' });
	const asked = { replaces: await idOf('one.pdf') };
	expect(await evidence.attach([['better.pdf', PDF]], asked)).toMatchObject({ ok: true });
	expect((await listed()).map(({ fileName, check }) => [fileName, check?.verdict])).toEqual([
		['better.pdf', undefined],
		['two.pdf', 'accepted'],
	]);
	// Sent twice, as by a second tap, it is taken once.
	expect(await evidence.attach([['better.pdf', PDF]], asked)).toEqual({ ok: false, refusal: 'page_gone' });
});

test('who waits for a look is told as soon as the last page was looked into', async () => {
	await evidence.attach([['one.pdf', PDF]]);
	const id = await idOf('one.pdf');
	const state = (to: 'received' | 'ready') =>
		database.owner.updateTable('evidence').set({ state: to }).where('id', '=', id).execute();
	expect(await awaitPrepared(database.db, evidence.applicationId)).toBe(true);
	await state('received');
	const waiting = awaitPrepared(database.db, evidence.applicationId);
	await prepareEvidence(database.db, id, { storage: evidence.storage });
	expect(await waiting).toBe(true);
});
