import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDataKey } from '#lib/server/evidence/evidence-key.ts';
import { attachDocuments } from '#lib/server/evidence/attach-documents.ts';
import { openEvidence } from '#lib/server/evidence/open-evidence.ts';
import { prepareEvidence } from '#lib/server/evidence/prepare-evidence.ts';
import { removeOrphans } from '#lib/server/evidence/remove-orphans.ts';
import { rotateKeys } from '#lib/server/evidence/rotate-keys.ts';
import { type EvidenceStorage, evidenceStorageOn, folderStorage } from '#lib/server/evidence/storage.ts';
import { ObjectMissing } from '#lib/server/storage/object-store.ts';
import { s3Store } from '#lib/server/storage/s3-store.ts';
import { useDatabase } from '../support/database.ts';
import { formOf, jpeg, PDF, useEvidence } from '../support/evidence.ts';
import { startS3 } from '../support/s3.ts';
import { AT } from '../support/trip.ts';

const database = useDatabase();
const evidence = useEvidence(database);
const KEY = randomBytes(32);
const MARK = 'the words of a letter';
const LETTER = PDF.replace('trailer', `% ${MARK}\ntrailer`);

let folder = '';
let s3: Awaited<ReturnType<typeof startS3>>;
const storages: Record<string, EvidenceStorage> = {};

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'portal-storage-'));
	s3 = await startS3();
	storages['a folder'] = folderStorage(join(folder, 'folder'));
	storages['S3'] = evidenceStorageOn(s3Store(s3.settings), join(folder, 's3-staged'));
});
afterAll(async () => {
	await s3.stop();
	await rm(folder, { recursive: true, force: true });
});

async function keep(storage: EvidenceStorage, bytes: Uint8Array): Promise<string> {
	const staged = await storage.stage();
	await writeFile(staged.path, bytes);
	return storage.put(staged, KEY);
}

async function keysOf(storage: EvidenceStorage): Promise<string[]> {
	return (await Array.fromAsync(storage.list())).map(({ key }) => key).sort();
}

describe.each(['a folder', 'S3'])('in %s', (name) => {
	test('what is put opens to the same bytes with its key alone, is listed, and is gone once removed', async () => {
		const storage = storages[name]!;
		const bytes = randomBytes(3_000_000);
		const [one, two] = [await keep(storage, bytes), await keep(storage, Buffer.alloc(0))];
		expect((await buffer(await storage.open(one, KEY))).equals(bytes)).toBe(true);
		expect(await buffer(await storage.open(two, KEY))).toHaveLength(0);
		expect(await keysOf(storage)).toEqual([one, two].sort());
		await expect(storage.open(one, randomBytes(32)).then(buffer)).rejects.toThrow();
		for (const key of [one, one, two]) await storage.remove(key);
		expect(await keysOf(storage)).toEqual([]);
		await expect(storage.open(one, KEY)).rejects.toBeInstanceOf(ObjectMissing);
	});

	test('an application with its documents goes through it: attached, opened, given new keys, swept', async () => {
		const storage = storages[name]!;
		const applicant = await evidence.makeApplicant();
		const attach = async () => {
			const source = formOf(
				[
					['letter.pdf', LETTER],
					['photo.jpg', await jpeg()],
				],
				{ kind: 'end_of_employment_letter' },
			);
			return attachDocuments(database.db, { owner: applicant.owner, source, at: AT, storage });
		};
		const outcome = await attach();
		if (!outcome.ok) throw new Error(outcome.refusal);
		for (const id of outcome.attached) expect(await prepareEvidence(database.db, id, { storage })).toBe('ready');
		const read = async () => {
			const viewer = { kind: 'cardholder', id: applicant.owner.cardholderId } as const;
			const opened = outcome.attached.map((evidenceId) =>
				openEvidence(database.db, { evidenceId, variant: 'original', viewer, storage }),
			);
			return Promise.all(opened.map(async (each) => buffer((await each)!.body)));
		};
		const before = await read();
		expect(before[0]?.toString()).toBe(LETTER);
		const stored = await keysOf(storage);
		expect(stored).toHaveLength(4);

		expect(await rotateKeys(database.db, { storage })).toMatchObject({ documents: 2 });
		expect(await read()).toEqual(before);
		const anew = await keysOf(storage);
		expect(anew).toHaveLength(4);
		expect(anew.filter((key) => stored.includes(key))).toEqual([]);

		// Nothing is an orphan that is named; a stray that is young might be a row in the making.
		await keep(storage, randomBytes(10));
		expect(await removeOrphans(database.db, storage)).toBe(0);
		expect(await keysOf(storage)).toHaveLength(5);
		for (const key of await keysOf(storage)) await storage.remove(key);
		await database.db.updateTable('evidence').set({ removed_at: AT, removal: 'retention' }).execute();
	});
});

test('no byte of a document stands readable in the folder', async () => {
	await evidence.attach([['letter.pdf', LETTER]]);
	const row = await database.db
		.selectFrom('evidence')
		.selectAll()
		.where('removed_at', 'is', null)
		.executeTakeFirstOrThrow();
	expect((await evidence.plain(row.storage_key!, row.evidence_key_id)).toString()).toBe(LETTER);
	const kept = await buffer(await evidence.storage.open(row.storage_key!, null));
	expect(kept.includes(MARK)).toBe(false);
	expect(kept.length).toBeGreaterThan(LETTER.length);
});

test('each application has a key of its own, wrapped, and bound to its row', async () => {
	const other = await evidence.makeApplicant();
	await evidence.attach([['letter.pdf', LETTER]]);
	await evidence.attach([['letter.pdf', LETTER]], {}, other.owner);
	const keys = await database.db
		.selectFrom('evidence_key')
		.selectAll()
		.where('application_id', 'in', [evidence.applicationId, other.applicationId])
		.execute();
	expect(keys).toHaveLength(2);
	const [one, two] = keys;
	const open = await openDataKey(database.db, one!.id);
	expect(one!.wrapped.includes(open!)).toBe(false);
	await database.db.updateTable('evidence_key').set({ wrapped: two!.wrapped }).where('id', '=', one!.id).execute();
	await expect(openDataKey(database.db, one!.id)).rejects.toThrow();
	await database.db.updateTable('evidence_key').set({ wrapped: one!.wrapped }).where('id', '=', one!.id).execute();
});

test('a change of keys that breaks off is simply begun again, and what was kept before there were keys gets one', async () => {
	await evidence.attach([
		['one.pdf', LETTER],
		['two.pdf', LETTER],
	]);
	const { storage } = evidence;
	const plainKey = await database.db
		.selectFrom('evidence')
		.select(['id', 'storage_key'])
		.where('application_id', '=', evidence.applicationId)
		.executeTakeFirstOrThrow();
	// As it stood before: the bytes as they are, and no key.
	const [file] = (await readdir(evidence.folder, { recursive: true })).filter((path) =>
		path.endsWith(plainKey.storage_key!),
	);
	await writeFile(join(evidence.folder, file!), LETTER);
	await database.db.updateTable('evidence').set({ evidence_key_id: null }).where('id', '=', plainKey.id).execute();
	let puts = 0;
	const breaking: EvidenceStorage = {
		...storage,
		put: (staged, key) => (++puts === 2 ? Promise.reject(new Error('killed')) : storage.put(staged, key)),
	};
	await expect(rotateKeys(database.db, { storage: breaking })).rejects.toThrow('killed');
	await rotateKeys(database.db, { storage });
	const rows = await database.db
		.selectFrom('evidence')
		.selectAll()
		.where('application_id', '=', evidence.applicationId)
		.execute();
	for (const row of rows) expect((await evidence.plain(row.storage_key!, row.evidence_key_id)).toString()).toBe(LETTER);
	expect(new Set(rows.map((row) => row.evidence_key_id)).size).toBe(1);
	expect(rows[0]?.evidence_key_id).not.toBeNull();
});

test('what nobody names goes with the sweep once it is an hour old, with the keys that open nothing any more', async () => {
	await evidence.attach([['letter.pdf', LETTER]]);
	await rotateKeys(database.db, { storage: evidence.storage });
	const stray = await keep(evidence.storage, randomBytes(10));
	const staged = await evidence.storage.stage();
	const old = new Date(Date.now() - 2 * 3_600_000);
	for (const path of await readdir(evidence.folder, { recursive: true })) {
		if (/[0-9a-f]{32}$/.test(path)) await utimes(join(evidence.folder, path), old, old);
	}
	await database.db.updateTable('evidence_key').set({ retired_at: old }).where('retired_at', 'is not', null).execute();
	const named = await database.db
		.selectFrom('evidence')
		.select('storage_key')
		.where('removed_at', 'is', null)
		.where('storage_key', 'is not', null)
		.execute();
	expect(await removeOrphans(database.db, evidence.storage)).toBeGreaterThanOrEqual(2);
	const left = await keysOf(evidence.storage);
	expect(left).not.toContain(stray);
	for (const { storage_key } of named) expect(left).toContain(storage_key);
	await expect(readFile(staged.path)).rejects.toThrow();
	const retired = await database.db
		.selectFrom('evidence_key')
		.select('id')
		.where('retired_at', 'is not', null)
		.execute();
	expect(retired).toEqual([]);
});

test('a full disk is told in words, and leaves neither a row nor bytes', async () => {
	const before = await evidence.stored();
	const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
	const { storage } = evidence;
	const source = formOf([['letter.pdf', LETTER]], { kind: 'end_of_employment_letter' });
	const failing = { ...storage, keep: () => Promise.reject(full) };
	const request = { owner: evidence.owner, source, at: AT, storage: failing };
	expect(await attachDocuments(database.db, request)).toEqual({ ok: false, refusal: 'storage_full' });
	expect(await evidence.stored()).toEqual(before);
	const rows = await database.db
		.selectFrom('evidence')
		.select('id')
		.where('application_id', '=', evidence.applicationId)
		.execute();
	expect(rows).toEqual([]);
});
