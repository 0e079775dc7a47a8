import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import sharp, { type Metadata } from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { attachDocuments } from '#lib/server/evidence/attach-documents.ts';
import { evidenceResponse } from '#lib/server/evidence/evidence-response.ts';
import { listEvidence } from '#lib/server/evidence/list-evidence.ts';
import { openEvidence } from '#lib/server/evidence/open-evidence.ts';
import { removeDocument } from '#lib/server/evidence/remove-document.ts';
import { type EvidenceStorage, folderStorage } from '#lib/server/evidence/storage.ts';
import { withdrawSensitiveConsent } from '#lib/server/evidence/withdraw-sensitive-consent.ts';
import type { Owner } from '#lib/server/application/draft.ts';
import { saveHardship } from '#lib/server/application/save-hardship.ts';
import { useDatabase } from '../support/database.ts';
import { AT, makeCardholder, makeSubmitted } from '../support/trip.ts';

const database = useDatabase();
let folder: string;
let storage: EvidenceStorage;
let owner: Owner;
let applicationId: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'portal-evidence-'));
	storage = folderStorage(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
	({ owner, applicationId } = await makePerson());
});

async function makePerson(): Promise<{ owner: Owner; applicationId: string }> {
	const person = await makeCardholder(database.db);
	const form = { reason: 'unemployment', circumstances: '', budget: {} };
	const saved = await saveHardship(database.db, { owner: person, form, locale: 'zh-CN', at: AT });
	if (!saved.ok) throw new Error(saved.refusal);
	return { owner: person, applicationId: saved.applicationId };
}

type Upload = [name: string, bytes: Uint8Array | string];

function formOf(
	files: readonly Upload[],
	fields: Record<string, string>,
): { body: ReadableStream; contentType: string } {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	for (const [name, bytes] of files) form.append('files', new Blob([bytes as BlobPart]), name);
	const { body, headers } = new Request('http://portal.test', { method: 'POST', body: form });
	return { body: body!, contentType: headers.get('content-type')! };
}

const attach = (files: readonly Upload[], fields: Record<string, string> = {}, by: Owner = owner) =>
	attachDocuments(database.db, {
		owner: by,
		source: formOf(files, { kind: 'end_of_employment_letter', ...fields }),
		at: AT,
		storage,
	});

/** Every file under the storage, staged ones and kept ones. */
async function stored(): Promise<{ staged: number; kept: number }> {
	const paths = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = paths.filter((entry) => entry.isFile());
	const staged = files.filter(({ parentPath }) => parentPath.endsWith('staged')).length;
	return { staged, kept: files.length - staged };
}

const picture = (width = 40, height = 20) => sharp({ create: { width, height, channels: 3, background: '#a1b2c3' } });
const jpeg = () => picture().jpeg().toBuffer();
const png = () => picture().png().toBuffer();

const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R/Size 4>>
startxref
180
%%EOF
`;

test('JPEG, PNG and PDF are taken in one post and listed in their order, with a thumbnail for images', async () => {
	const outcome = await attach([
		['letter.jpg', await jpeg()],
		['C:\\Pictures\\page 2.PNG', await png()],
		['证明.pdf', PDF],
	]);
	expect(outcome).toMatchObject({ ok: true, refused: [] });
	const listed = await listEvidence(database.db, applicationId);
	expect(listed.map(({ fileName, contentType, hasThumbnail }) => [fileName, contentType, hasThumbnail])).toEqual([
		['letter.jpg', 'image/jpeg', true],
		['page 2.PNG', 'image/png', true],
		['证明.pdf', 'application/pdf', false],
	]);
	expect((await stored()).staged).toBe(0);
});

test('each file that is not taken is named with its reason, and the others arrive', async () => {
	const photo = await jpeg();
	const outcome = await attach([
		['good.jpg', photo],
		['empty.jpg', ''],
		['half.jpg', (await picture(600, 600).jpeg().toBuffer()).subarray(0, 900)],
		['drawing.png', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
		['notes.pdf', 'just words'],
		['cut.pdf', PDF.slice(0, 120)],
		['locked.pdf', PDF.replace('/Size 4', '/Size 4/Encrypt 9 0 R')],
		['movie.jpg', Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex')],
	]);
	expect(outcome).toMatchObject({
		ok: true,
		refused: [
			{ fileName: 'empty.jpg', refusal: 'file_empty' },
			{ fileName: 'half.jpg', refusal: 'unreadable' },
			{ fileName: 'drawing.png', refusal: 'not_supported' },
			{ fileName: 'notes.pdf', refusal: 'not_supported' },
			{ fileName: 'cut.pdf', refusal: 'unreadable' },
			{ fileName: 'locked.pdf', refusal: 'locked' },
			{ fileName: 'movie.jpg', refusal: 'not_supported' },
		],
	});
	expect(await listEvidence(database.db, applicationId)).toHaveLength(1);
});

test('15 MB are taken, and one byte more is not', async () => {
	const limit = 15 * 1024 * 1024;
	const head = PDF.slice(0, PDF.indexOf('trailer'));
	const ofSize = (size: number) => head + ' '.repeat(size - PDF.length) + PDF.slice(head.length);
	const before = await stored();
	const outcome = await attach([
		['full.pdf', ofSize(limit)],
		['over.pdf', ofSize(limit + 1)],
	]);
	expect(outcome).toMatchObject({ ok: true, refused: [{ fileName: 'over.pdf', refusal: 'file_too_large' }] });
	expect(await stored()).toEqual({ staged: 0, kept: before.kept + 1 });
});

test('an image of more than 40 megapixels is not drawn', async () => {
	const small = await png();
	const bomb = Buffer.from(small);
	bomb.writeUInt32BE(60_000, 16);
	bomb.writeUInt32BE(60_000, 20);
	expect(await attach([['bomb.png', bomb]])).toMatchObject({
		ok: true,
		attached: [],
		refused: [{ refusal: 'unreadable' }],
	});
});

/** By way of a file: from memory, sharp decodes nothing in this process. */
async function metadataOf(bytes: Uint8Array): Promise<Metadata> {
	const path = join(folder, 'looked-at');
	await writeFile(path, bytes);
	const metadata = await sharp(path).metadata();
	await rm(path);
	return metadata;
}

test('a photo leaves its place and device behind, and stands upright', async () => {
	const photo = await picture(60, 30)
		.withExif({ IFD0: { Make: 'PhoneMaker' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 13/1 0/1' } })
		.withMetadata({ orientation: 6 })
		.jpeg()
		.toBuffer();
	expect(await metadataOf(photo)).toMatchObject({ orientation: 6, exif: expect.any(Buffer) as Buffer });
	await attach([['photo.jpg', photo]]);
	const [row] = await database.db
		.selectFrom('evidence')
		.selectAll()
		.where('application_id', '=', applicationId)
		.execute();
	for (const key of [row?.storage_key, row?.thumbnail_key]) {
		const bytes = await buffer(await storage.open(key ?? ''));
		const { exif, orientation, width, height } = await metadataOf(bytes);
		expect({ exif, orientation, upright: (width ?? 0) < (height ?? 0) }).toEqual({
			exif: undefined,
			orientation: undefined,
			upright: true,
		});
		expect(bytes.includes('PhoneMaker')).toBe(false);
	}
});

test('medical and financial documents need their own consent, given once and for this application alone', async () => {
	const slip: Upload = ['slip.jpg', await jpeg()];
	const before = await stored();
	expect(await attach([slip], { kind: 'payslip' })).toEqual({ ok: false, refusal: 'consent_missing' });
	expect(await stored()).toEqual({ ...before, staged: 0 });
	expect(await attach([slip], { kind: 'payslip', sensitive_consent: 'on' })).toMatchObject({ ok: true });
	expect(await attach([slip], { kind: 'bank_statement' })).toMatchObject({ ok: true });
});

test('a consent taken back takes the medical and financial documents with it, and no others', async () => {
	const photo = await jpeg();
	await attach([['letter.jpg', photo]]);
	await attach([['slip.jpg', photo]], { kind: 'payslip', sensitive_consent: 'on' });
	const before = await stored();
	expect(await withdrawSensitiveConsent(database.db, { owner, at: AT, storage })).toEqual({ ok: true, removed: 1 });
	expect((await listEvidence(database.db, applicationId)).map(({ fileName }) => fileName)).toEqual(['letter.jpg']);
	expect(await stored()).toEqual({ staged: 0, kept: before.kept - 2 });
	expect(await attach([['slip.jpg', photo]], { kind: 'payslip' })).toMatchObject({ refusal: 'consent_missing' });
});

test('a document of somebody else is not found: not seen, not removed', async () => {
	const outcome = await attach([['letter.jpg', await jpeg()]]);
	const evidenceId = outcome.ok ? (outcome.attached[0] ?? '') : '';
	const stranger = (await makePerson()).owner;
	const look = (id: string) =>
		openEvidence(database.db, {
			evidenceId,
			variant: 'original',
			viewer: { kind: 'cardholder', id },
			storage,
		});
	expect(await look(stranger.cardholderId)).toBeUndefined();
	expect(await removeDocument(database.db, { owner: stranger, evidenceId, at: AT, storage })).toEqual({
		ok: false,
		refusal: 'not_found',
	});
	const seen = await look(owner.cardholderId);
	expect(await buffer(seen!.body)).toHaveProperty('length');
});

test('a removed document is gone, bytes and all, and is not opened again', async () => {
	const outcome = await attach([['letter.jpg', await jpeg()]]);
	const evidenceId = outcome.ok ? (outcome.attached[0] ?? '') : '';
	const before = await stored();
	expect(await removeDocument(database.db, { owner, evidenceId, at: AT, storage })).toEqual({ ok: true });
	expect(await stored()).toEqual({ staged: 0, kept: before.kept - 2 });
	const viewer = { kind: 'cardholder', id: owner.cardholderId } as const;
	expect(await openEvidence(database.db, { evidenceId, variant: 'thumbnail', viewer, storage })).toBeUndefined();
});

test('a look by staff is in the audit log, and only within the application that they name', async () => {
	const outcome = await attach([['paper.pdf', PDF]]);
	const evidenceId = outcome.ok ? (outcome.attached[0] ?? '') : '';
	const look = (id: string) =>
		openEvidence(database.db, {
			evidenceId,
			variant: 'original',
			viewer: { kind: 'staff', id: 'ann', applicationId: id },
			storage,
		});
	const other = await makePerson();
	expect(await look(other.applicationId)).toBeUndefined();
	const opened = await look(applicationId);
	const response = evidenceResponse(opened!);
	expect(await response.text()).toBe(PDF);
	expect(response.headers.get('content-disposition')).toMatch(
		/^attachment; filename="end-of-employment-letter-[0-9a-f]{8}\.pdf"$/,
	);
	expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
	expect(response.headers.get('cache-control')).toBe('no-store');
	const log = await database.db.selectFrom('audit_log').selectAll().where('action', '=', 'evidence.opened').execute();
	expect(log.filter(({ subject_id }) => subject_id === evidenceId)).toMatchObject([
		{ actor_kind: 'staff', actor_id: 'ann' },
	]);
});

test('nothing is attached to what was submitted, and nothing stays behind', async () => {
	const person = await makeCardholder(database.db);
	await makeSubmitted(database.db, person);
	const before = await stored();
	expect(await attach([['letter.jpg', await jpeg()]], {}, person)).toEqual({ ok: false, refusal: 'already_submitted' });
	expect(await stored()).toEqual(before);
});

test('a form that breaks off, is none, or names an unknown kind leaves nothing behind', async () => {
	const before = await stored();
	const whole = await jpeg();
	expect(await attach([['letter.jpg', whole]], { kind: 'constructor' })).toEqual({
		ok: false,
		refusal: 'kind_unknown',
	});
	expect(await attach([])).toEqual({ ok: false, refusal: 'no_file' });
	const { body, contentType } = formOf([['letter.jpg', whole]], { kind: 'payslip' });
	const cut = (await buffer(body)).subarray(0, 500);
	const source = { body: new Blob([cut]).stream(), contentType };
	expect(await attachDocuments(database.db, { owner, source, at: AT, storage })).toMatchObject({
		refusal: 'broken_off',
	});
	const words = { body: new Blob(['kind=payslip']).stream(), contentType: 'application/x-www-form-urlencoded' };
	expect(await attachDocuments(database.db, { owner, source: words, at: AT, storage })).toMatchObject({
		refusal: 'broken_off',
	});
	expect(await stored()).toEqual(before);
});

test('an application holds at most 40 files, also when they come from several posts at once', async () => {
	const letter: Upload = ['letter.pdf', PDF];
	const outcomes = await Promise.all([1, 2, 3].map(() => attach(Array.from({ length: 15 }, () => letter))));
	const attached = outcomes.map((outcome) => (outcome.ok ? outcome.attached.length : 0));
	expect(attached.reduce((sum, count) => sum + count, 0)).toBe(40);
	const refused = outcomes.flatMap((outcome) => (outcome.ok ? outcome.refused : []));
	expect(refused.map(({ refusal }) => refusal)).toEqual(Array(5).fill('too_many_files'));
	expect(await listEvidence(database.db, applicationId)).toHaveLength(40);
});

test('where the bytes cannot be kept, no row is written and nothing stays behind', async () => {
	const full: EvidenceStorage = {
		...storage,
		put: () => Promise.reject(new Error('no space left on device')),
	};
	const before = await stored();
	const source = formOf([['letter.jpg', await jpeg()]], { kind: 'end_of_employment_letter' });
	await expect(attachDocuments(database.db, { owner, source, at: AT, storage: full })).rejects.toThrow(/no space/);
	expect(await listEvidence(database.db, applicationId)).toEqual([]);
	expect(await stored()).toEqual(before);
});
