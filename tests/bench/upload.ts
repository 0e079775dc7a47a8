/**
 * Uploads into the production build, resumable and by form, with session, type check, encryption and rows, against a bare server
 * that streams to disk, hashes and syncs (for the form: with the same multipart parser). `--accounts N` are so many files of 10 MB a
 * round, eight at a time. At the end 32 at once, and what memory they add. The look into what arrived is a job's, and off here.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveHardship } from '#lib/server/application/save-hardship.ts';
import { createCardholderSession } from '#lib/server/session/start-session.ts';
import { startTestCluster } from '../support/cluster.ts';
import { benchFlags } from '../support/bench/flags.ts';
import { median } from '../support/bench/rounds.ts';
import { formOf, send } from '../support/bench/uploader.ts';
import { PDF } from '../support/plain-pdf.ts';
import { startPortal } from '../support/portal.ts';
import { startProcess } from '../support/process.ts';
import { AT, makeCardholder } from '../support/trip.ts';

const SIZE = 10 * 1024 * 1024;
const AT_ONCE = 8;
const { accounts: files, rounds } = benchFlags({ accounts: 24, rounds: 5 });

const letter = Buffer.concat([
	Buffer.from(PDF.slice(0, PDF.indexOf('trailer'))),
	Buffer.from(`% ${randomBytes(SIZE / 2).toString('hex')}\n`),
	Buffer.from(PDF.slice(PDF.indexOf('trailer'))),
]);
const form = formOf(letter);
const folder = await mkdtemp(join(tmpdir(), 'portal-bench-'));
const cluster = await startTestCluster();
const portal = await startPortal(cluster.template);
const bare = startProcess(process.execPath, ['tests/support/bench/bare-receiver.ts', folder]);
try {
	const port = / (\d+)$/.exec(await bare.line(/listens on/))?.[1] ?? '';
	const bareOrigin = `http://127.0.0.1:${port}`;
	const ways = {
		'in pieces (aim 80 %)': { ours: resumable, base: () => send('PUT', bareOrigin, {}, letter) },
		'by form (aim 90 %)': { ours: byForm, base: () => send('POST', `${bareOrigin}/form`, form.headers, form.body) },
	};
	const shares = new Map<string, number[]>();
	for (let round = 0; round < rounds; round++) {
		for (const [title, { ours, base }] of Object.entries(ways)) {
			const people = await signIn(files);
			const [took, tookBare] = [
				await sendAll(people.map((cookie) => () => ours(cookie))),
				await sendAll(people.map(() => base)),
			];
			shares.set(title, [...(shares.get(title) ?? []), tookBare / took]);
			console.log(`  round ${String(round + 1)}  ${title}: ${rate(took)} against ${rate(tookBare)}`);
		}
	}
	for (const [title, all] of shares)
		console.log(`  ${title}: median ${(median(all) * 100).toFixed(0)} % of the bare rate`);
	await watchMemory();
} finally {
	await bare.stop();
	await portal.stop();
	await cluster.remove();
	await rm(folder, { recursive: true });
}

function rate(seconds: number): string {
	return `${((files * SIZE) / 1_048_576 / seconds).toFixed(0)} MB/s`;
}

/** Sends everything, eight at a time; how many seconds it took. */
async function sendAll(sends: readonly (() => Promise<unknown>)[], atOnce = AT_ONCE): Promise<number> {
	const waiting = [...sends];
	const started = performance.now();
	const lane = async () => {
		for (let next = waiting.shift(); next; next = waiting.shift()) await next();
	};
	await Promise.all(Array.from({ length: atOnce }, lane));
	return (performance.now() - started) / 1000;
}

/** People with a draft each, and the cookies of their sessions. */
async function signIn(count: number): Promise<string[]> {
	const cookies: string[] = [];
	for (let n = 0; n < count; n++) {
		const owner = await makeCardholder(portal.db);
		const asked = { reason: 'unemployment', circumstances: '', budget: {} };
		await saveHardship(portal.db, { owner, form: asked, locale: 'zh-CN', at: AT });
		cookies.push(`session=${(await createCardholderSession(portal.db, owner)).token}`);
	}
	return cookies;
}

async function resumable(cookie: string): Promise<void> {
	const headers = { cookie, origin: portal.origin, 'tus-resumable': '1.0.0' };
	const said = { client: randomUUID(), kind: 'end_of_employment_letter', filename: 'letter.pdf' };
	const metadata = Object.entries(said).map(([key, text]) => `${key} ${Buffer.from(text).toString('base64')}`);
	const asked = { ...headers, 'upload-length': String(letter.length), 'upload-metadata': metadata.join(',') };
	const { location } = await send('POST', `${portal.origin}/documents/upload`, asked, Buffer.alloc(0));
	const piece = { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
	const { status, answer } = await send('PATCH', portal.origin + location, piece, letter);
	if (status !== 204) throw new Error(`a piece was answered with ${String(status)}: ${answer}`);
}

async function byForm(cookie: string): Promise<void> {
	const headers = { ...form.headers, cookie, origin: portal.origin, accept: 'text/html' };
	const { status } = await send('POST', `${portal.origin}/documents?/attach&need=reason`, headers, form.body);
	if (status !== 303) throw new Error(`a form was answered with ${String(status)}`);
}

/** 32 uploads at once: how much the server's resident memory grows beyond what it had before. */
async function watchMemory(): Promise<void> {
	const people = await signIn(32);
	const before = residentMegabytes();
	let most = before;
	const watch = setInterval(() => (most = Math.max(most, residentMegabytes())), 10);
	await sendAll(
		people.map((cookie) => () => resumable(cookie)),
		people.length,
	);
	clearInterval(watch);
	console.log(
		`  32 at once: ${before.toFixed(0)} MB before, ${most.toFixed(0)} MB at most, ${(most - before).toFixed(0)} MB added (aim 64)`,
	);
}

function residentMegabytes(): number {
	return (Number(readFileSync(`/proc/${String(portal.pid)}/statm`, 'utf8').split(' ')[1]) * 4096) / 1_048_576;
}
