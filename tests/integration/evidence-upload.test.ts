import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { now } from '#lib/server/clock.ts';
import { endStaleUploads, UPLOAD_KEPT_MS } from '#lib/server/evidence/end-upload.ts';
import { listEvidence } from '#lib/server/evidence/list-evidence.ts';
import { openEvidence } from '#lib/server/evidence/open-evidence.ts';
import { prepareEvidence } from '#lib/server/evidence/prepare-evidence.ts';
import { evidenceStorage } from '#lib/server/evidence/storage.ts';
import { useDatabase } from '../support/database.ts';
import { PDF, useEvidence } from '../support/evidence.ts';
import { broken, type Said, tusSender } from '../support/tus.ts';

const database = useDatabase();
const evidence = useEvidence(database);
const sender = (owner = evidence.owner) => tusSender(database.db, owner);
const said = (more: Partial<Said> = {}): Said => ({
	client: randomUUID(),
	kind: 'end_of_employment_letter',
	filename: 'letter.pdf',
	...more,
});

/** A PDF with so much in it that it comes in several pieces. */
function longLetter(bytes = 300_000): Buffer {
	const words = randomBytes(bytes / 2).toString('hex');
	return Buffer.from(PDF.replace('trailer', `% ${words}\ntrailer`));
}

const listed = (applicationId = evidence.applicationId) => listEvidence(database.db, applicationId);

/** Sends a file whole. */
async function send(bytes: Uint8Array, more: Partial<Said> = {}): Promise<string> {
	const { path, answer } = await sender().begin(said(more), bytes.length);
	const { status } = await sender().patch(path, 0, bytes as BodyInit);
	expect([status, answer]).toEqual([204, '']);
	return path;
}

test('a page that comes in pieces over a line that breaks arrives once, and with every byte', async () => {
	const bytes = longLetter();
	const tus = sender();
	const { path, status } = await tus.begin(said(), bytes.length);
	expect(status).toBe(201);
	let at = 0;
	for (const length of [1, 4_000, 90_000, 100, 65_536]) {
		await tus.patch(path, at, broken(bytes.subarray(at, at + length)));
		at += length;
		await expect.poll(() => tus.offset(path)).toBe(at);
		expect(await listed()).toEqual([]);
	}
	expect((await tus.patch(path, at, bytes.subarray(at) as BodyInit)).status).toBe(204);
	const [page, another] = await listed();
	expect([page?.state, page?.byteSize, another]).toEqual(['received', bytes.length, undefined]);
	expect(await prepareEvidence(database.db, page!.id)).toBe('ready');
	const { sha256 } = await database.db
		.selectFrom('evidence')
		.select('sha256')
		.where('id', '=', page!.id)
		.executeTakeFirstOrThrow();
	expect(sha256).toEqual(createHash('sha256').update(bytes).digest());
});

test('asked for twice, sent twice and finished twice, a page arrives once', async () => {
	const bytes = longLetter();
	const tus = sender();
	const mark = said();
	const [one, two] = await Promise.all([tus.begin(mark, bytes.length), tus.begin(mark, bytes.length)]);
	expect(one?.path).toBe(two?.path);
	const path = one?.path ?? '';
	const answers = await Promise.all([1, 2, 3].map(() => tus.patch(path, 0, bytes as BodyInit)));
	expect(answers.map(({ status }) => status).sort()).toEqual([204, 409, 409]);
	expect(await tus.offset(path)).toBe(bytes.length);
	expect((await tus.begin(mark, bytes.length)).path).toBe(path);
	expect((await tus.patch(path, bytes.length, '')).status).toBe(204);
	expect(await listed()).toHaveLength(1);
	const stored = await Array.fromAsync(evidenceStorage().list());
	const [page] = await listed();
	const outcomes = await Promise.all([1, 2, 3].map(() => prepareEvidence(database.db, page!.id)));
	expect(outcomes.sort()).toEqual(['idle', 'idle', 'ready']);
	// The one piece that it came as is gone; the page and its small picture are there.
	expect(await Array.fromAsync(evidenceStorage().list())).toHaveLength(stored.length + 1);
});

test('nobody finds, continues or ends the upload of somebody else', async () => {
	const bytes = longLetter();
	const { path } = await sender().begin(said(), bytes.length);
	const stranger = sender((await evidence.makeApplicant()).owner);
	expect(await stranger.offset(path)).toBe('status 404');
	expect((await stranger.patch(path, 0, bytes as BodyInit)).status).toBe(404);
	expect((await stranger.ask('DELETE', path, {})).status).toBe(404);
	expect(await sender().offset(path)).toBe(0);
	expect((await sender().ask('DELETE', path, {})).status).toBe(204);
	expect(await sender().offset(path)).toBe('status 404');
});

test('what was sent is read nowhere at the door of uploads', async () => {
	const path = await send(longLetter());
	const { status } = await sender().ask('GET', path, {});
	expect(status).toBe(404);
});

test('before it was looked into nobody opens a page, not even its owner', async () => {
	await send(longLetter());
	const [page] = await listed();
	const viewer = { kind: 'cardholder', id: evidence.owner.cardholderId } as const;
	const open = () => openEvidence(database.db, { evidenceId: page!.id, variant: 'original', viewer });
	expect(await open()).toBeUndefined();
	await prepareEvidence(database.db, page!.id);
	const opened = await open();
	opened?.body.destroy();
	expect(opened?.contentType).toBe('application/pdf');
});

test('what can be refused is refused before a byte is sent, in words', async () => {
	const tus = sender();
	const refusalOf = async (asked: Said, size: number) => {
		const { status, answer } = await tus.begin(asked, size);
		return status === 422 ? (JSON.parse(answer) as { refusal: string; text: string }) : status;
	};
	const words = (refusal: string) => ({ refusal, text: `words of ${refusal}` });
	expect(await refusalOf(said({ kind: 'passport' }), 10)).toEqual(words('kind_unknown'));
	expect(await refusalOf(said({ kind: 'payslip' }), 10)).toEqual(words('consent_missing'));
	expect(await refusalOf(said({ replaces: randomUUID() }), 10)).toEqual(words('page_gone'));
	expect(await refusalOf(said(), 0)).toEqual(words('file_empty'));
	expect(await refusalOf(said(), 15 * 1024 * 1024 + 1)).toEqual(words('file_too_large'));
	expect(await refusalOf(said({ client: 'me' }), 10)).toBe(400);
	expect(await refusalOf(said({ kind: 'payslip', consent: 'on' }), 10)).toBe(201);
});

test('uploads on their way count: together they cannot be more than the application may hold', async () => {
	const begin = () => sender().begin(said(), 15 * 1024 * 1024);
	const begun = [];
	for (let n = 0; n < 6; n += 1) begun.push(await begin());
	expect(begun.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 422]);
	expect(begun.at(-1)?.answer).toContain('too_much_in_all');
});

test('something else under the name of a photo ends with its first bytes, and leaves nothing', async () => {
	const stored = (await evidence.stored()).kept;
	const bytes = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>'.repeat(400));
	const { path } = await sender().begin(said({ filename: 'photo.png' }), bytes.length);
	const answer = await sender().patch(path, 0, bytes.subarray(0, 5_000) as BodyInit);
	expect(await answer.json()).toMatchObject({ refusal: 'renamed' });
	expect(await sender().offset(path)).toBe('status 404');
	expect((await evidence.stored()).kept).toBe(stored);
});

test('a page takes the place of another, which leaves its hash and its end behind, and no name', async () => {
	await send(longLetter());
	await send(longLetter(), { filename: 'second.pdf' });
	const [first] = await listed();
	await send(longLetter(), { filename: 'better.pdf', replaces: first!.id });
	expect((await listed()).map(({ fileName }) => fileName)).toEqual(['better.pdf', 'second.pdf']);
	const tombstone = await database.db
		.selectFrom('evidence')
		.select(['removal', 'file_name', 'removed_at'])
		.where('id', '=', first!.id)
		.executeTakeFirstOrThrow();
	expect(tombstone).toMatchObject({ removal: 'replaced', file_name: '' });
});

test('an upload that nobody goes on with ends after three days, bytes and all', async () => {
	const bytes = longLetter();
	const { path } = await sender().begin(said(), bytes.length);
	await sender().patch(path, 0, bytes.subarray(0, 50_000) as BodyInit);
	expect(await endStaleUploads(database.db)).toBe(0);
	const stored = await Array.fromAsync(evidenceStorage().list());
	await database.db
		.updateTable('evidence_upload')
		.set({ touched_at: new Date(now().getTime() - UPLOAD_KEPT_MS - 1_000) })
		.where('received', '=', 50_000)
		.execute();
	expect(await endStaleUploads(database.db)).toBe(1);
	expect(await sender().offset(path)).toBe('status 404');
	expect(await Array.fromAsync(evidenceStorage().list())).toHaveLength(stored.length - 1);
});
