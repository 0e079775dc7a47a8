import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ofPlaywright, ofVitest } from '../support/tally.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'portal-tally-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function report(content: unknown): Promise<string> {
	const file = join(folder, 'report.json');
	await writeFile(file, JSON.stringify(content));
	return file;
}

const file = (status: string, ...each: string[]) => ({
	status,
	assertionResults: each.map((state) => ({ status: state })),
});

test('each test counts once', async () => {
	const testResults = [file('passed', 'passed'), file('failed', 'passed', 'failed')];
	const counted = await report({ numPassedTests: 2, numFailedTests: 1, testResults });
	expect(ofVitest(counted, 1)).toEqual({ passed: 2, failed: 1 });
});

test('a file of tests that does not load is a failure', async () => {
	const counted = await report({ numPassedTests: 0, numFailedTests: 0, testResults: [file('failed')] });
	expect(ofVitest(counted, 1)).toEqual({ passed: 0, failed: 1 });
});

test('a run that ends badly is a failure although every test passed, and so is one without a report', async () => {
	const counted = await report({ numPassedTests: 3, numFailedTests: 0, testResults: [file('passed', 'passed')] });
	expect(ofVitest(counted, 1)).toEqual({ passed: 3, failed: 1 });
	expect(ofVitest(join(folder, 'none.json'), 0)).toEqual({ passed: 0, failed: 1 });
	expect(ofPlaywright(join(folder, 'none.json'), 0)).toEqual({ passed: 0, failed: 1 });
});

test('a test in the browser that passed only the second time is a failure', async () => {
	expect(ofPlaywright(await report({ stats: { expected: 4, unexpected: 0, flaky: 1 } }), 0)).toEqual({
		passed: 4,
		failed: 1,
	});
});
