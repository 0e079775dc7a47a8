import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type AttachOutcome, attachDocuments, type RefusedFile } from '#lib/server/evidence/attach-documents.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { prepareEvidence } from '#lib/server/evidence/prepare-evidence.ts';
import { openDataKey } from '#lib/server/evidence/evidence-key.ts';
import { type EvidenceStorage, folderStorage } from '#lib/server/evidence/storage.ts';
import { rereadEnv } from '#lib/server/env.ts';
import type { Owner } from '#lib/server/application/draft.ts';
import { saveHardship } from '#lib/server/application/save-hardship.ts';
export { PDF } from './plain-pdf.ts';
import type { TestDatabase } from './database.ts';
import { AT, makeCardholder } from './trip.ts';

/** A file as a form carries it. */
export type Upload = [name: string, bytes: Uint8Array | string];

/** A person with a draft that waits for evidence. */
export interface Applicant {
	readonly owner: Owner;
	readonly applicationId: string;
}

/** A folder for the evidence of a test file, and before each test a new applicant. */
export function useEvidence(database: TestDatabase) {
	let folder = '';
	let storage: EvidenceStorage | undefined;
	let applicant: Applicant | undefined;
	beforeAll(async () => {
		process.env.SECRET_KEY ??= 'a key for tests that is long enough';
		rereadEnv();
		folder = await mkdtemp(join(tmpdir(), 'portal-evidence-'));
		storage = folderStorage(folder);
	});
	afterAll(() => rm(folder, { recursive: true, force: true }));
	beforeEach(async () => {
		applicant = await makeApplicant();
	});

	async function makeApplicant(): Promise<Applicant> {
		const owner = await makeCardholder(database.db);
		const form = { reason: 'unemployment', circumstances: '', budget: {} };
		const saved = await saveHardship(database.db, { owner, form, locale: 'zh-CN', at: AT });
		if (!saved.ok) throw new Error(saved.refusal);
		return { owner, applicationId: saved.applicationId };
	}

	return {
		makeApplicant,
		get folder() {
			return folder;
		},
		get storage() {
			return storage!;
		},
		get owner() {
			return applicant!.owner;
		},
		get applicationId() {
			return applicant!.applicationId;
		},
		/**
		 * Posts files as the form of the documents page does, a letter about work unless told otherwise, and looks into what
		 * came: those that could not be taken count as refused, like those that were refused at the door.
		 */
		async attach(files: readonly Upload[], fields: Record<string, string> = {}, by?: Owner): Promise<AttachOutcome> {
			const outcome = await attachDocuments(database.db, {
				owner: by ?? applicant!.owner,
				source: formOf(files, { kind: 'end_of_employment_letter', ...fields }),
				at: AT,
				storage: storage!,
			});
			return outcome.ok ? lookInto(database.db, outcome, storage!) : outcome;
		},
		/** How many files lie under the storage, staged and kept. */
		async stored(): Promise<{ staged: number; kept: number }> {
			const paths = await readdir(folder, { recursive: true, withFileTypes: true });
			const files = paths.filter((entry) => entry.isFile());
			const staged = files.filter(({ parentPath }) => parentPath.endsWith('staged')).length;
			return { staged, kept: files.length - staged };
		},
		/** The bytes under a storage key, decrypted. */
		async plain(storageKey: string, keyId: string | null): Promise<Buffer> {
			return buffer(await storage!.open(storageKey, await openDataKey(database.db, keyId)));
		},
		/** By way of a file: from memory, sharp decodes nothing in this process. */
		async metadataOf(bytes: Uint8Array): Promise<Metadata> {
			const path = join(folder, 'looked-at');
			await writeFile(path, bytes);
			const metadata = await sharp(path).metadata();
			await rm(path);
			return metadata;
		},
	};
}

/** Looks into every page that a post has brought, as the jobs do. */
async function lookInto(
	db: Db,
	{ attached, refused }: Extract<AttachOutcome, { ok: true }>,
	storage: EvidenceStorage,
): Promise<AttachOutcome> {
	const ready: string[] = [];
	const unread: RefusedFile[] = [];
	for (const id of attached) {
		if ((await prepareEvidence(db, id, { storage })) === 'ready') ready.push(id);
		else {
			const { file_name: fileName, refusal } = await db
				.selectFrom('evidence')
				.select(['file_name', 'refusal'])
				.where('id', '=', id)
				.executeTakeFirstOrThrow();
			unread.push({ fileName, refusal: refusal as RefusedFile['refusal'] });
		}
	}
	return { ok: true, attached: ready, refused: [...refused, ...unread] };
}

/** A multipart form as a browser sends it. */
export function formOf(
	files: readonly Upload[],
	fields: Record<string, string>,
): { body: ReadableStream<Uint8Array>; contentType: string } {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	for (const [name, bytes] of files) form.append('files', new Blob([bytes as BlobPart]), name);
	const { body, headers } = new Request('http://portal.test', { method: 'POST', body: form });
	return { body: body!, contentType: headers.get('content-type')! };
}

/** A plain picture, to be encoded. */
export function picture(width = 40, height = 20): Sharp {
	return sharp({ create: { width, height, channels: 3, background: '#a1b2c3' } });
}

/** The picture as JPEG. */
export function jpeg(): Promise<Buffer> {
	return picture().jpeg().toBuffer();
}

/** The picture as PNG. */
export function png(): Promise<Buffer> {
	return picture().png().toBuffer();
}

/** A PDF that asks for a password. */
export async function lockedPdf(): Promise<Buffer> {
	const document = new PDFDocument({ userPassword: 'a secret', pdfVersion: '1.7' });
	document.text('nobody reads this');
	document.end();
	return buffer(document);
}
