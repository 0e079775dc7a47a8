/**
 * How long it takes until the first page of a case with 30 pages is there: the case itself and then the bytes of its first picture,
 * over HTTP from the production build. Once with 30 photos, once with a PDF of 30 sheets, whose first is drawn when it is asked
 * for. `--rounds N` are so many openings of each; 15 unless told.
 */
import PDFDocument from 'pdfkit';
import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { now } from '#lib/server/clock.ts';
import { rereadEnv } from '#lib/server/env.ts';
import { attachDocuments } from '#lib/server/evidence/attach-documents.ts';
import { prepareEvidence } from '#lib/server/evidence/prepare-evidence.ts';
import { folderStorage } from '#lib/server/evidence/storage.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { createStaffSession } from '#lib/server/session/start-session.ts';
import { startTestCluster } from '../support/cluster.ts';
import { benchFlags } from '../support/bench/flags.ts';
import { median } from '../support/bench/rounds.ts';
import { formOf, type Upload } from '../support/evidence.ts';
import { startPortal } from '../support/portal.ts';
import { makeStaff } from '../support/staff.ts';
import { makeSubmittedApplication } from '../support/submitted-application.ts';

const AIM_MS = 1_000;
const PAGES = 30;
let made = 0;
const { rounds } = benchFlags({ accounts: 1, rounds: 15 });

const cluster = await startTestCluster();
const portal = await startPortal(cluster.template);
process.env.SECRET_KEY = portal.secretKey;
rereadEnv();
const storage = folderStorage(portal.storage);
try {
	const photos = await Promise.all(Array.from({ length: PAGES }, (_, n) => photo(n)));
	await bench('30 photos', photos, '');
	await bench('a PDF of 30 sheets', [['statement.pdf', await pdf()]], '&page=0');
} finally {
	await portal.stop();
	await cluster.remove();
}

async function bench(title: string, files: readonly Upload[], sheet: string): Promise<void> {
	const { path, cookie, first } = await caseWith(files);
	const took: { page: number; picture: number }[] = [];
	let bytes = 0;
	for (let round = 0; round < rounds; round++) {
		const started = performance.now();
		await get(path, cookie);
		const between = performance.now();
		bytes = await get(`${path}/evidence?document=${first}${sheet}`, cookie);
		took.push({ page: between - started, picture: performance.now() - between });
	}
	const all = took.map(({ page, picture }) => page + picture);
	const [page, picture] = [median(took.map((each) => each.page)), median(took.map((each) => each.picture))];
	console.log(
		`  ${title}: median ${ms(median(all))} (case ${ms(page)}, first picture ${ms(picture)}, ${(bytes / 1024).toFixed(0)} kB), slowest ${ms(Math.max(...all))} (aim: under ${ms(AIM_MS)})`,
	);
}

function ms(value: number): string {
	return `${value.toFixed(0)} ms`;
}

async function get(path: string, cookie: string): Promise<number> {
	const response = await fetch(portal.origin + path, { headers: { cookie, accept: 'text/html' }, redirect: 'manual' });
	const { byteLength } = await response.arrayBuffer();
	if (response.status !== 200) throw new Error(`${path} was answered with ${String(response.status)}`);
	return byteLength;
}

/** A case with these files in the hands of an agent who has signed in. */
async function caseWith(files: readonly Upload[]): Promise<{ path: string; cookie: string; first: string }> {
	const { db } = portal;
	const ids: string[] = [];
	const { applicationId } = await makeSubmittedApplication(db, ++made, async (owner) => {
		for (const file of files) {
			const source = formOf([file], { kind: 'end_of_employment_letter' });
			const sent = await attachDocuments(db, { owner, source, at: now(), storage });
			if (!sent.ok) throw new Error(sent.refusal);
			for (const id of sent.attached) {
				if ((await prepareEvidence(db, id, { storage })) !== 'ready') throw new Error('a page was not taken');
				ids.push(id);
			}
		}
	});
	const staffId = await makeStaff(db, `agent-${String(made)}`);
	await claimNext(db, { staffId });
	const { token } = await createStaffSession(db, { staffId });
	return { path: `/desk/${applicationId}`, cookie: `staff-session=${token}`, first: ids[0] ?? '' };
}

/** A photographed page as a phone sends it after our downscaling: about 3 megapixels, with the grain of paper. */
async function photo(n: number): Promise<Upload> {
	const [width, height] = [1_600, 2_000];
	const grain = await sharp(randomBytes((width / 4) * (height / 4)), {
		raw: { width: width / 4, height: height / 4, channels: 1 },
	})
		.resize(width, height)
		.linear(0.25, 170)
		.jpeg({ quality: 80 })
		.toBuffer();
	return [`page-${String(n)}.jpg`, grain];
}

/** A bank statement: a full table on each of its sheets. */
async function pdf(): Promise<Buffer> {
	const document = new PDFDocument({ size: 'A4' });
	for (let sheet = 0; sheet < PAGES; sheet++) {
		if (sheet > 0) document.addPage();
		for (let line = 0; line < 40; line++) {
			document
				.fontSize(10)
				.text(
					`2026-10-${String((line % 28) + 1).padStart(2, '0')}  payment ${String(line)}  -${String(line * 37)}.00`,
					60,
					60 + line * 17,
				);
		}
	}
	document.end();
	return buffer(document);
}
