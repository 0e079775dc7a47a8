import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { rereadEnv } from '#lib/server/env.ts';
import { chosenScanner } from '#lib/server/scan/chosen-scanner.ts';
import { type ClamdAddress, clamdScanner } from '#lib/server/scan/clamd-scanner.ts';
import { ScannerUnavailable } from '#lib/server/scan/scanner.ts';
import { LISTED, LISTED_AS, startClamd, STREAM_MAX } from '../support/clamd.ts';

/** Time to install ClamAV where it is missing. */
const INSTALL_MS = 600_000;

let folder = '';
let clamd: Awaited<ReturnType<typeof startClamd>>;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'portal-scanner-'));
	clamd = await startClamd();
}, INSTALL_MS);
afterAll(async () => {
	vi.unstubAllEnvs();
	rereadEnv();
	await clamd.stop();
	await rm(folder, { recursive: true, force: true });
});

async function fileOf(bytes: Uint8Array | string): Promise<string> {
	const path = join(folder, randomBytes(6).toString('hex'));
	await writeFile(path, bytes);
	return path;
}

const WAYS: [string, () => ClamdAddress][] = [
	['a port', () => clamd.port],
	['a Unix socket', () => clamd.socket],
];

describe.each(WAYS)('a real clamd on %s', (_, address) => {
	const scan = async (bytes: Uint8Array | string) => clamdScanner(address()).scan(await fileOf(bytes));

	test('finds nothing in what it does not know, however long it is', async () => {
		for (const size of [0, 1, 65_535, 65_536, 65_537, STREAM_MAX]) {
			expect(await scan(randomBytes(size))).toEqual({ verdict: 'clean' });
		}
	});

	test('tells by its name what it knows', async () => {
		expect(await scan(LISTED)).toEqual({ verdict: 'infected', signature: LISTED_AS });
	});

	test('gives no verdict on more than it takes', async () => {
		for (const size of [STREAM_MAX + 1, 8 * STREAM_MAX]) {
			const fault = await scan(randomBytes(size)).catch((why: unknown) => why);
			expect(fault).toBeInstanceOf(ScannerUnavailable);
			// It hangs up on what is still on its way, which may cut off its answer.
			expect(fault).toMatchObject({ reason: expect.stringMatching(/^(size_limit|hung_up)$/) as string });
		}
	});
});

test('many files at once each get their own verdict', async () => {
	const files = Array.from({ length: 20 }, (_, nth) => (nth % 2 === 0 ? LISTED : `${LISTED}${String(nth)}`));
	const scanner = clamdScanner(clamd.port);
	const verdicts = await Promise.all(files.map(async (text) => scanner.scan(await fileOf(text))));
	expect(verdicts.map(({ verdict }) => verdict)).toEqual(files.map((text) => (text === LISTED ? 'infected' : 'clean')));
});

test('a file that is not there is no fault of the scanner', async () => {
	await expect(clamdScanner(clamd.port).scan(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('the settings choose: nobody by default, else the clamd that they name', async () => {
	const chosen = (scanner: string) => {
		vi.stubEnv('SCANNER', scanner);
		rereadEnv();
		return chosenScanner();
	};
	const listed = await fileOf(LISTED);
	expect([chosen(''), chosen('off')]).toEqual([undefined, undefined]);
	for (const where of [clamd.port, clamd.socket]) {
		const name = 'path' in where ? where.path : `${where.host}:${String(where.port)}`;
		expect(await chosen(`clamd:${name}`)?.scan(listed)).toMatchObject({ verdict: 'infected' });
	}
});
