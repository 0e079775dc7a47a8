import { afterAll, beforeAll, expect, test } from 'vitest';
import { attachDocuments } from '#lib/server/evidence/attach-documents.ts';
import { listEvidence } from '#lib/server/evidence/list-evidence.ts';
import { openEvidence } from '#lib/server/evidence/open-evidence.ts';
import { prepareEvidence } from '#lib/server/evidence/prepare-evidence.ts';
import { clamdScanner } from '#lib/server/scan/clamd-scanner.ts';
import { ScannerUnavailable } from '#lib/server/scan/scanner.ts';
import { startClamd } from '../support/clamd.ts';
import { useDatabase } from '../support/database.ts';
import { formOf, PDF, useEvidence } from '../support/evidence.ts';
import { AT } from '../support/trip.ts';

const database = useDatabase();
const evidence = useEvidence(database);
const LISTED = PDF.replace('trailer', '% what the list of this test names\ntrailer');
let clamd: Awaited<ReturnType<typeof startClamd>>;
beforeAll(async () => {
	clamd = await startClamd(LISTED);
}, 600_000);
afterAll(() => clamd.stop());

async function receive(letter: string): Promise<string> {
	const source = formOf([['letter.pdf', letter]], { kind: 'end_of_employment_letter' });
	const { owner, storage } = evidence;
	const outcome = await attachDocuments(database.db, { owner, source, at: AT, storage });
	return (outcome.ok && outcome.attached[0]) || '';
}

const prepare = (id: string, address = clamd.socket) =>
	prepareEvidence(database.db, id, { storage: evidence.storage, scanner: clamdScanner(address) });

test('a clean page is ready once the scanner has said so, and an infected one is refused with nothing of it kept', async () => {
	const before = await evidence.stored();
	const [clean, infected] = [await receive(PDF), await receive(LISTED)];
	expect([await prepare(clean), await prepare(infected)]).toEqual(['ready', 'refused']);
	const listed = await listEvidence(database.db, evidence.applicationId);
	expect(listed.map(({ id, state, refusal }) => [id, state, refusal])).toEqual([
		[clean, 'ready', null],
		[infected, 'refused', 'infected'],
	]);
	expect(await evidence.stored()).toEqual({ staged: 0, kept: before.kept + 2 });
});

test('while the scanner is away a page stays in quarantine, whole and seen by nobody, and is looked into later', async () => {
	const id = await receive(PDF);
	const nobody = { path: `${evidence.folder}/nobody` } as const;
	await expect(prepare(id, nobody)).rejects.toBeInstanceOf(ScannerUnavailable);
	const [page] = await listEvidence(database.db, evidence.applicationId);
	expect(page?.state).toBe('received');
	for (const viewer of [
		{ kind: 'cardholder', id: evidence.owner.cardholderId } as const,
		{ kind: 'staff', id: '00000000-0000-4000-8000-000000000000' } as const,
	]) {
		const request = { evidenceId: id, variant: 'original', viewer, storage: evidence.storage } as const;
		expect(await openEvidence(database.db, request)).toBeUndefined();
	}
	expect((await evidence.stored()).staged).toBe(0);
	expect(await prepare(id, clamd.port)).toBe('ready');
});
