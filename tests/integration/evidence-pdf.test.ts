import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { evidenceResponse } from '#lib/server/evidence/evidence-response.ts';
import { openEvidence } from '#lib/server/evidence/open-evidence.ts';
import { openEvidencePage } from '#lib/server/evidence/open-evidence-page.ts';
import { readCleanImage } from '../support/clean-image.ts';
import { useDatabase } from '../support/database.ts';
import { useEvidence } from '../support/evidence.ts';
import { ACTIVE_PDFS } from '../support/hostile-pdf.ts';

const database = useDatabase();
const evidence = useEvidence(database);

test.each(Object.entries(ACTIVE_PDFS))(
	'staff see a %s as a picture, and it leaves only as a download that runs nothing',
	async (_, bytes) => {
		const { page, whole } = await attachAndOpen(bytes);
		const shown = evidenceResponse(page);
		expect(shown.headers.get('content-type')).toBe('image/jpeg');
		expect(shown.headers.get('content-disposition')).toMatch(/^inline; filename="[a-z0-9-]+\.jpg"$/);
		const path = join(evidence.folder, 'page');
		await writeFile(path, Buffer.from(await shown.arrayBuffer()));
		expect(await readCleanImage(path, 'image/jpeg')).toEqual({ width: 2_000, height: 2_000 });

		const downloaded = evidenceResponse(whole);
		expect(Buffer.from(await downloaded.arrayBuffer()).equals(bytes)).toBe(true);
		expect(Object.fromEntries(downloaded.headers)).toEqual({
			'content-type': 'application/pdf',
			'content-disposition': expect.stringMatching(/^attachment; filename="[a-z0-9-]+\.pdf"$/) as string,
			'content-security-policy': "default-src 'none'; sandbox",
			'cross-origin-resource-policy': 'same-origin',
			'x-content-type-options': 'nosniff',
			'cache-control': 'no-store',
		});
	},
);

/** As staff open it: the first page, and the file itself. */
async function attachAndOpen(bytes: Buffer) {
	const outcome = await evidence.attach([['letter.pdf', bytes]]);
	const evidenceId = outcome.ok ? (outcome.attached[0] ?? '') : '';
	const viewer = { kind: 'staff', id: 'ann', applicationId: evidence.applicationId } as const;
	const asked = { evidenceId, viewer, storage: evidence.storage };
	const [page, whole] = await Promise.all([
		openEvidencePage(database.db, { ...asked, page: 0 }),
		openEvidence(database.db, { ...asked, variant: 'original' }),
	]);
	if (!page || !whole) throw new Error('nothing to open');
	return { page, whole };
}
