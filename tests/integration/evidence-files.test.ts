import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { attachDocuments } from '#lib/server/evidence/attach-documents.ts';
import { kindsBrought, listEvidence } from '#lib/server/evidence/list-evidence.ts';
import type { EvidenceStorage } from '#lib/server/evidence/storage.ts';
import { useDatabase } from '../support/database.ts';
import { formOf, jpeg, lockedPdf, PDF, picture, png, type Upload, useEvidence } from '../support/evidence.ts';
import { AT } from '../support/trip.ts';

const database = useDatabase();
const evidence = useEvidence(database);

test('JPEG, PNG and PDF are taken in one post and listed in their order, each with a thumbnail', async () => {
	const outcome = await evidence.attach([
		['letter.jpg', await jpeg()],
		['C:\\Pictures\\page 2.PNG', await png()],
		['证明.pdf', PDF],
	]);
	expect(outcome).toMatchObject({ ok: true, refused: [] });
	const listed = await listEvidence(database.db, evidence.applicationId);
	expect(listed.map(({ fileName, contentType, hasThumbnail }) => [fileName, contentType, hasThumbnail])).toEqual([
		['letter.jpg', 'image/jpeg', true],
		['page 2.PNG', 'image/png', true],
		['证明.pdf', 'application/pdf', true],
	]);
	expect((await evidence.stored()).staged).toBe(0);
});

test('each file that is not taken is named with its reason, and the others arrive', async () => {
	const photo = await jpeg();
	const outcome = await evidence.attach([
		['good.jpg', photo],
		['empty.jpg', ''],
		['half.jpg', (await picture(600, 600).jpeg().toBuffer()).subarray(0, 900)],
		['drawing.png', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
		['notes.pdf', 'just words'],
		['cut.pdf', PDF.slice(0, 120)],
		['locked.pdf', await lockedPdf()],
		['notes.txt', 'just words'],
		['movie.jpg', Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex')],
	]);
	if (!outcome.ok) throw new Error(outcome.refusal);
	expect(Object.fromEntries(outcome.refused.map(({ fileName, refusal }) => [fileName, refusal]))).toEqual({
		'empty.jpg': 'file_empty',
		'half.jpg': 'unreadable',
		'drawing.png': 'renamed',
		'notes.pdf': 'renamed',
		'cut.pdf': 'unreadable',
		'locked.pdf': 'locked',
		'movie.jpg': 'renamed',
		'notes.txt': 'not_supported',
	});
	const listed = await listEvidence(database.db, evidence.applicationId);
	// What was refused on a closer look stands in the list until the cardholder has seen it.
	expect(listed.filter(({ state }) => state === 'ready').map(({ fileName }) => fileName)).toEqual(['good.jpg']);
	expect(listed.map(({ refusal }) => refusal).filter((refusal) => refusal !== null)).toHaveLength(3);
	expect(kindsBrought(listed)).toHaveLength(1);
	expect((await evidence.stored()).staged).toBe(0);
});

test('15 MB are taken, and one byte more is not', async () => {
	const limit = 15 * 1024 * 1024;
	const head = PDF.slice(0, PDF.indexOf('trailer'));
	const ofSize = (size: number) => head + ' '.repeat(size - PDF.length) + PDF.slice(head.length);
	const before = await evidence.stored();
	const outcome = await evidence.attach([
		['full.pdf', ofSize(limit)],
		['over.pdf', ofSize(limit + 1)],
	]);
	expect(outcome).toMatchObject({ ok: true, refused: [{ fileName: 'over.pdf', refusal: 'file_too_large' }] });
	expect(await evidence.stored()).toEqual({ staged: 0, kept: before.kept + 2 });
});

test('an image of more than 40 megapixels is not drawn, however few its bytes', async () => {
	const wide = await picture(8000, 5001).png({ compressionLevel: 1 }).toBuffer();
	expect(wide.length).toBeLessThan(2_000_000);
	expect(await evidence.attach([['wide.png', wide]])).toMatchObject({
		ok: true,
		attached: [],
		refused: [{ refusal: 'too_many_pixels' }],
	});
});

test('a photo leaves its place and device behind, and stands upright', async () => {
	const photo = await picture(60, 30)
		.withExif({ IFD0: { Make: 'PhoneMaker' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 13/1 0/1' } })
		.withMetadata({ orientation: 6 })
		.jpeg()
		.toBuffer();
	expect(await evidence.metadataOf(photo)).toMatchObject({ orientation: 6, exif: expect.any(Buffer) as Buffer });
	await evidence.attach([['photo.jpg', photo]]);
	const [row] = await database.db
		.selectFrom('evidence')
		.selectAll()
		.where('application_id', '=', evidence.applicationId)
		.execute();
	for (const key of [row?.storage_key, row?.thumbnail_key]) {
		const bytes = await evidence.plain(key ?? '', row?.evidence_key_id ?? null);
		const { exif, orientation, width, height } = await evidence.metadataOf(bytes);
		expect({ exif, orientation, upright: (width ?? 0) < (height ?? 0) }).toEqual({
			exif: undefined,
			orientation: undefined,
			upright: true,
		});
		expect(bytes.includes('PhoneMaker')).toBe(false);
	}
});

test('a form that breaks off, is none, or names an unknown kind leaves nothing behind', async () => {
	const before = await evidence.stored();
	const whole = await jpeg();
	expect(await evidence.attach([['letter.jpg', whole]], { kind: 'constructor' })).toEqual({
		ok: false,
		refusal: 'kind_unknown',
	});
	expect(await evidence.attach([])).toEqual({ ok: false, refusal: 'no_file' });
	const { body, contentType } = formOf([['letter.jpg', whole]], { kind: 'payslip' });
	const cut = (await buffer(body)).subarray(0, 500);
	const source = { body: new Blob([cut]).stream(), contentType };
	expect(
		await attachDocuments(database.db, { owner: evidence.owner, source, at: AT, storage: evidence.storage }),
	).toMatchObject({
		refusal: 'broken_off',
	});
	const words = { body: new Blob(['kind=payslip']).stream(), contentType: 'application/x-www-form-urlencoded' };
	expect(
		await attachDocuments(database.db, { owner: evidence.owner, source: words, at: AT, storage: evidence.storage }),
	).toMatchObject({
		refusal: 'broken_off',
	});
	expect(await evidence.stored()).toEqual(before);
});

test('what the web server cuts off as too large is told apart from a line that broke', async () => {
	const before = await evidence.stored();
	const { contentType } = formOf([], {});
	const body = new ReadableStream<Uint8Array>({
		start(controller) {
			controller.error(Object.assign(new Error('too large'), { status: 413 }));
		},
	});
	const source = { body, contentType };
	const outcome = await attachDocuments(database.db, {
		owner: evidence.owner,
		source,
		at: AT,
		storage: evidence.storage,
	});
	expect(outcome).toEqual({ ok: false, refusal: 'post_too_large' });
	expect(await evidence.stored()).toEqual(before);
});

test('an application holds at most 40 files, also when they come from several posts at once', async () => {
	const letter: Upload = ['letter.pdf', PDF];
	const outcomes = await Promise.all([1, 2, 3].map(() => evidence.attach(Array.from({ length: 15 }, () => letter))));
	const attached = outcomes.map((outcome) => (outcome.ok ? outcome.attached.length : 0));
	expect(attached.reduce((sum, count) => sum + count, 0)).toBe(40);
	const refused = outcomes.flatMap((outcome) => (outcome.ok ? outcome.refused : []));
	expect(refused.map(({ refusal }) => refusal)).toEqual(Array(5).fill('too_many_files'));
	expect(await listEvidence(database.db, evidence.applicationId)).toHaveLength(40);
});

test('where the bytes cannot be kept, no row is written and nothing stays behind', async () => {
	const full: EvidenceStorage = {
		...evidence.storage,
		keep: () => Promise.reject(new Error('the store is away')),
	};
	const before = await evidence.stored();
	const source = formOf([['letter.jpg', await jpeg()]], { kind: 'end_of_employment_letter' });
	await expect(attachDocuments(database.db, { owner: evidence.owner, source, at: AT, storage: full })).rejects.toThrow(
		/the store is away/,
	);
	expect(await listEvidence(database.db, evidence.applicationId)).toEqual([]);
	expect(await evidence.stored()).toEqual(before);
});
