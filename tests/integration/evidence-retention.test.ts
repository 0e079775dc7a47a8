import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { reviseApplication } from '#lib/server/application/revise-application.ts';
import { withdrawApplication } from '#lib/server/application/withdraw-application.ts';
import { sha256Hex } from '#lib/server/crypto/sha256.ts';
import { eraseExpired } from '#lib/server/evidence/erase-expired.ts';
import { removeOrphans } from '#lib/server/evidence/remove-orphans.ts';
import { verifyDatabase } from '#lib/server/verify/verify-database.ts';
import { verifyStorage } from '#lib/server/verify/verify-storage.ts';
import { useDatabase } from '../support/database.ts';
import { jpeg, useEvidence } from '../support/evidence.ts';
import { AT, makeSubmitted, TODAY } from '../support/trip.ts';

const database = useDatabase();
const evidence = useEvidence(database);

/** Far beyond every rule. */
const ONE_DAY = '2099-01-01';

let applicationId = '';
beforeEach(async () => {
	// What other tests left, nothing here is to find.
	await database.owner
		.updateTable('evidence')
		.set({ removed_at: AT, removal: 'retention', file_name: '', evidence_key_id: null })
		.where('removed_at', 'is', null)
		.execute();
	({ applicationId } = evidence);
	await evidence.attach([['letter.jpg', await jpeg()]]);
	await evidence.attach([['slip.jpg', await jpeg()]], { kind: 'payslip', sensitive_consent: 'on' });
});

const erase = (today: string, storage = evidence.storage) => eraseExpired(database.db, { storage, today });
const pagesOf = (id: string) =>
	database.db.selectFrom('evidence').selectAll().where('application_id', '=', id).orderBy('position').execute();
const keysOf = (id: string) =>
	database.db.selectFrom('evidence_key').select('id').where('application_id', '=', id).execute();
const withdraw = (id = applicationId) =>
	withdrawApplication(database.db, { owner: evidence.owner, applicationId: id, at: AT });

test('what was taken back is kept through its last day and erased after it: bytes, names and keys, but not the hash and why', async () => {
	await makeSubmitted(database.db, evidence.owner);
	await withdraw();
	const [before] = await pagesOf(applicationId);
	const bytes = await evidence.plain(before?.storage_key ?? '', before?.evidence_key_id ?? null);
	const { kept } = await evidence.stored();
	expect(await erase('2026-12-20')).toBe(0);
	expect(await erase('2026-12-21')).toBe(2);
	expect(await evidence.stored()).toEqual({ staged: 0, kept: kept - 4 });
	expect(await keysOf(applicationId)).toEqual([]);
	for (const page of await pagesOf(applicationId)) {
		expect(page).toMatchObject({
			removal: 'retention',
			file_name: '',
			evidence_key_id: null,
			sha256: expect.any(Buffer),
		});
	}
	const names = await database.db
		.selectFrom('evidence_upload')
		.select('file_name')
		.where('application_id', '=', applicationId)
		.execute();
	expect(names).toEqual([{ file_name: '' }, { file_name: '' }]);
	const log = await database.db
		.selectFrom('audit_log')
		.select(['actor_kind', 'detail'])
		.where('action', '=', 'evidence.erased')
		.where('subject_id', '=', before?.id ?? '')
		.execute();
	const sha256 = sha256Hex(bytes);
	expect(log).toEqual([
		{
			actor_kind: 'system',
			detail: { kind: 'end_of_employment_letter', reason: 'retention', sha256, applicationId },
		},
	]);
	expect(await erase(ONE_DAY)).toBe(0);
});

test('a draft that was never sent leaves nothing behind after its day, and a living one keeps everything', async () => {
	expect(await erase(ONE_DAY)).toBe(0);
	await withdraw();
	expect(await erase(TODAY)).toBe(0);
	expect(await erase('2026-11-21')).toBe(2);
	expect((await pagesOf(applicationId)).map(({ removal }) => removal)).toEqual(['draft_expired', 'draft_expired']);
});

test('a page that came along to a changed application follows that one, with its key', async () => {
	await makeSubmitted(database.db, evidence.owner);
	await reviseApplication(database.db, { owner: evidence.owner, applicationId, today: TODAY, at: AT });
	expect(await erase(ONE_DAY)).toBe(0);
	expect(await pagesOf(applicationId)).toEqual([]);
	const moved = await database.db
		.selectFrom('evidence')
		.selectAll()
		.where('cardholder_id', '=', evidence.owner.cardholderId)
		.where('removed_at', 'is', null)
		.execute();
	expect(moved).toHaveLength(2);
	for (const page of moved)
		expect(await evidence.plain(page.storage_key ?? '', page.evidence_key_id)).not.toHaveLength(0);
	await withdraw(moved[0]?.application_id);
	expect(await erase(ONE_DAY)).toBe(2);
	expect(await keysOf(applicationId)).toEqual([]);
});

test('what was approved is kept as long as its agreement lives, and five years more', async () => {
	await makeSubmitted(database.db, evidence.owner);
	await database.owner
		.updateTable('application')
		.set({ status: 'in_review' })
		.where('id', '=', applicationId)
		.execute();
	const { quote_id } = await database.owner
		.updateTable('application')
		.set({ status: 'approved', decided_at: AT })
		.where('id', '=', applicationId)
		.returning('quote_id')
		.executeTakeFirstOrThrow();
	const { accountId, cardholderId } = evidence.owner;
	const agreement = { application_id: applicationId, account_id: accountId, cardholder_id: cardholderId };
	const terms = { quote_id: quote_id ?? '', offered_at: AT, sign_by: AT };
	await database.owner
		.insertInto('agreement')
		.values({ ...agreement, ...terms })
		.execute();
	expect(await erase(ONE_DAY)).toBe(0);
	const ended = { status: 'refused', ended_at: new Date('2027-06-30T03:00:00Z') } as const;
	await database.owner.updateTable('agreement').set(ended).where('application_id', '=', applicationId).execute();
	expect(await erase('2032-06-28')).toBe(0);
	expect(await erase('2032-06-29')).toBe(2);
});

test('how long is data: a bank that keeps income for a week erases it after a week, and the rest by its own rule', async () => {
	await makeSubmitted(database.db, evidence.owner);
	await withdraw();
	const days = { approved: 1825, declined: 180, withdrawn: 30, expired_draft: 0 };
	const set = (income: typeof days) =>
		database.owner
			.updateTable('setting')
			.set({ value: JSON.stringify({ reason: days, income, other: days }) })
			.where('key', '=', 'evidence_retention')
			.execute();
	await set({ ...days, withdrawn: 7 });
	expect(await erase('2026-11-28')).toBe(1);
	expect((await pagesOf(applicationId)).map(({ kind, removal }) => [kind, removal])).toEqual([
		['end_of_employment_letter', null],
		['payslip', 'retention'],
	]);
	expect(await keysOf(applicationId)).toHaveLength(1);
	await set({ ...days, withdrawn: -1 });
	await expect(erase(ONE_DAY)).rejects.toThrow();
	await set(days);
});

test('broken off between the record and the bytes, nothing is half: the page is gone, and the sweep takes its bytes', async () => {
	await withdraw();
	const { kept } = await evidence.stored();
	const away = { ...evidence.storage, remove: () => Promise.reject(new Error('the store is away')) };
	await expect(erase(ONE_DAY, away)).rejects.toThrow('the store is away');
	expect((await pagesOf(applicationId)).map(({ removal }) => removal)).toEqual(['draft_expired', 'draft_expired']);
	expect((await evidence.stored()).kept).toBe(kept);
	expect(await erase(ONE_DAY)).toBe(0);
	expect(await keysOf(applicationId)).toEqual([]);
	const old = new Date(Date.now() - 2 * 3_600_000);
	for (const path of await readdir(evidence.folder, { recursive: true })) {
		if (/[0-9a-f]{32}$/.test(path)) await utimes(join(evidence.folder, path), old, old);
	}
	await removeOrphans(database.db, evidence.storage);
	expect((await evidence.stored()).kept).toBeLessThanOrEqual(kept - 4);
});

test('verify names a page that is kept too long, bytes of an erased one, and a page whose bytes are gone', async () => {
	const found = async (asOf: string) => {
		const breaches = await Array.fromAsync(verifyDatabase(database.db, asOf));
		return breaches.map(({ promise }) => promise).filter((promise) => /kept past|leaves its hash/.test(promise));
	};
	const stored = async () =>
		(await Array.fromAsync(verifyStorage(database.db, evidence.storage))).map(({ promise }) => promise);
	await withdraw();
	expect(await found('2026-11-22')).toEqual([]);
	expect(await found('2026-11-23')).toEqual(Array(2).fill('no page is kept past its last day'));
	expect(await stored()).toEqual([]);
	const [letter, slip] = await pagesOf(applicationId);
	await evidence.storage.remove(letter?.thumbnail_key ?? '');
	expect(await stored()).toEqual(['a page that can be looked at has its bytes']);
	await database.owner
		.updateTable('evidence')
		.set({ removed_at: AT, removal: 'retention' })
		.where('application_id', '=', applicationId)
		.execute();
	expect(await found(ONE_DAY)).toEqual(
		Array(2).fill('what was erased leaves its hash and why, and no name, key or words'),
	);
	expect(await stored()).toEqual(Array(3).fill('no bytes of an erased page are kept'));
	for (const key of [letter?.storage_key, slip?.storage_key, slip?.thumbnail_key])
		await evidence.storage.remove(key ?? '');
	expect(await stored()).toEqual([]);
});
