import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { beginUpload } from '#lib/server/evidence/begin-upload.ts';
import { evidenceResponse } from '#lib/server/evidence/evidence-response.ts';
import { listEvidence } from '#lib/server/evidence/list-evidence.ts';
import { openEvidence } from '#lib/server/evidence/open-evidence.ts';
import { openEvidencePage } from '#lib/server/evidence/open-evidence-page.ts';
import { removeDocument } from '#lib/server/evidence/remove-document.ts';
import { withdrawSensitiveConsent } from '#lib/server/evidence/withdraw-sensitive-consent.ts';
import { useDatabase } from '../support/database.ts';
import { jpeg, PDF, type Upload, useEvidence } from '../support/evidence.ts';
import { AT, makeCardholder, makeSubmitted } from '../support/trip.ts';

const database = useDatabase();
const evidence = useEvidence(database);

test('medical and financial documents need their own consent, given once and for this application alone', async () => {
	const slip: Upload = ['slip.jpg', await jpeg()];
	const before = await evidence.stored();
	expect(await evidence.attach([slip], { kind: 'payslip' })).toEqual({ ok: false, refusal: 'consent_missing' });
	expect(await evidence.stored()).toEqual({ ...before, staged: 0 });
	expect(await evidence.attach([slip], { kind: 'payslip', sensitive_consent: 'on' })).toMatchObject({ ok: true });
	expect(await evidence.attach([slip], { kind: 'bank_statement' })).toMatchObject({ ok: true });
});

test('a consent taken back takes the medical and financial documents with it, and no others', async () => {
	const photo = await jpeg();
	await evidence.attach([['letter.jpg', photo]]);
	await evidence.attach([['slip.jpg', photo]], { kind: 'payslip', sensitive_consent: 'on' });
	const before = await evidence.stored();
	expect(
		await withdrawSensitiveConsent(database.db, { owner: evidence.owner, at: AT, storage: evidence.storage }),
	).toEqual({ ok: true, removed: 1 });
	expect((await listEvidence(database.db, evidence.applicationId)).map(({ fileName }) => fileName)).toEqual([
		'letter.jpg',
	]);
	expect(await evidence.stored()).toEqual({ staged: 0, kept: before.kept - 2 });
	expect(await evidence.attach([['slip.jpg', photo]], { kind: 'payslip' })).toMatchObject({
		refusal: 'consent_missing',
	});
});

test('what is on its way under a consent ends with it, and other uploads go on', async () => {
	const { owner, applicationId } = evidence;
	const { db } = database;
	await evidence.attach([['slip.jpg', await jpeg()]], { kind: 'payslip', sensitive_consent: 'on' });
	for (const kind of ['payslip', 'end_of_employment_letter']) {
		const asked = {
			kind,
			replacesId: null,
			consented: true,
			clientId: crypto.randomUUID(),
			fileName: 'x.jpg',
			byteSize: 10,
		};
		expect(await beginUpload(db, { owner, asked, at: AT })).toMatchObject({ ok: true });
	}
	expect(await withdrawSensitiveConsent(db, { owner, at: AT, storage: evidence.storage })).toEqual({
		ok: true,
		removed: 1,
	});
	const open = await db
		.selectFrom('evidence_upload')
		.select('kind')
		.where('application_id', '=', applicationId)
		.where('evidence_id', 'is', null)
		.execute();
	expect(open).toEqual([{ kind: 'end_of_employment_letter' }]);
});

test('a document of somebody else is not found: not seen, not removed', async () => {
	const outcome = await evidence.attach([['letter.jpg', await jpeg()]]);
	const evidenceId = outcome.ok ? (outcome.attached[0] ?? '') : '';
	const stranger = (await evidence.makeApplicant()).owner;
	const look = (id: string) =>
		openEvidence(database.db, {
			evidenceId,
			variant: 'original',
			viewer: { kind: 'cardholder', id },
			storage: evidence.storage,
		});
	expect(await look(stranger.cardholderId)).toBeUndefined();
	expect(await removeDocument(database.db, { owner: stranger, evidenceId, at: AT, storage: evidence.storage })).toEqual(
		{
			ok: false,
			refusal: 'not_found',
		},
	);
	const seen = await look(evidence.owner.cardholderId);
	expect(await buffer(seen!.body)).toHaveProperty('length');
});

test('a removed document is gone, bytes and all, and is not opened again', async () => {
	const outcome = await evidence.attach([['letter.jpg', await jpeg()]]);
	const evidenceId = outcome.ok ? (outcome.attached[0] ?? '') : '';
	const before = await evidence.stored();
	expect(
		await removeDocument(database.db, { owner: evidence.owner, evidenceId, at: AT, storage: evidence.storage }),
	).toEqual({ ok: true });
	expect(await evidence.stored()).toEqual({ staged: 0, kept: before.kept - 2 });
	const viewer = { kind: 'cardholder', id: evidence.owner.cardholderId } as const;
	expect(
		await openEvidence(database.db, { evidenceId, variant: 'thumbnail', viewer, storage: evidence.storage }),
	).toBeUndefined();
});

test('a look by staff is in the audit log, and only within the application that they name', async () => {
	const outcome = await evidence.attach([['paper.pdf', PDF]]);
	const evidenceId = outcome.ok ? (outcome.attached[0] ?? '') : '';
	const look = (id: string) =>
		openEvidence(database.db, {
			evidenceId,
			variant: 'original',
			viewer: { kind: 'staff', id: 'ann', applicationId: id },
			storage: evidence.storage,
		});
	const other = await evidence.makeApplicant();
	expect(await look(other.applicationId)).toBeUndefined();
	const opened = await look(evidence.applicationId);
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
	const before = await evidence.stored();
	expect(await evidence.attach([['letter.jpg', await jpeg()]], {}, person)).toEqual({
		ok: false,
		refusal: 'already_submitted',
	});
	expect(await evidence.stored()).toEqual(before);
});

test('staff see a PDF page by page as pictures, each look in the audit log, and nothing is left lying about', async () => {
	const outcome = await evidence.attach([['letter.pdf', PDF]]);
	const evidenceId = outcome.ok ? (outcome.attached[0] ?? '') : '';
	const staff = await database.owner
		.insertInto('staff')
		.values({ login: 'reader', name: 'Reader', role: 'agent' })
		.returning('id')
		.executeTakeFirstOrThrow();
	const look = (page: number, applicationId = evidence.applicationId) =>
		openEvidencePage(database.db, {
			evidenceId,
			page,
			viewer: { kind: 'staff', id: staff.id, applicationId },
			storage: evidence.storage,
		});
	const opened = await look(0);
	expect(opened?.contentType).toBe('image/jpeg');
	expect((await buffer(opened!.body)).subarray(0, 2).toString('hex')).toBe('ffd8');
	expect(await look(1)).toBeUndefined();
	expect(await look(0, (await evidence.makeApplicant()).applicationId)).toBeUndefined();
	const looks = await database.db
		.selectFrom('audit_log')
		.select(['actor_id', 'detail'])
		.where('subject_id', '=', evidenceId)
		.where('action', '=', 'evidence.opened')
		.execute();
	expect(looks).toEqual([{ actor_id: staff.id, detail: { variant: 'page 1', applicationId: evidence.applicationId } }]);
	await expect.poll(async () => (await evidence.stored()).staged).toBe(0);
});
