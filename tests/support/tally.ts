import { readFileSync } from 'node:fs';

/** How many promises were tried, and how many hold. */
export interface Tally {
	readonly passed: number;
	readonly failed: number;
}

/** What is one promise as a whole: format, lint, types, build. */
export function single(holds: boolean): Tally {
	return holds ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** The sum of several. */
export function sum(tallies: readonly Tally[]): Tally {
	return tallies.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed }), {
		passed: 0,
		failed: 0,
	});
}

/**
 * From vitest's JSON report. A file that does not load holds no test and counts as one failure; so does a run that ends badly
 * although each test passed (an error outside of the tests), or without a report.
 */
export function ofVitest(file: string, code: number): Tally {
	const report = read<{
		numPassedTests: number;
		numFailedTests: number;
		testResults: { status: string; assertionResults: { status: string }[] }[];
	}>(file);
	if (!report) return { passed: 0, failed: 1 };
	const broken = report.testResults.filter(
		({ status, assertionResults }) =>
			status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
	).length;
	return withEnd({ passed: report.numPassedTests, failed: report.numFailedTests + broken }, code);
}

/** From Playwright's JSON report. A test that only passed when tried again counts as a failure. */
export function ofPlaywright(file: string, code: number): Tally {
	const report = read<{ stats: { expected: number; unexpected: number; flaky: number } }>(file);
	if (!report) return { passed: 0, failed: 1 };
	const { expected, unexpected, flaky } = report.stats;
	return withEnd({ passed: expected, failed: unexpected + flaky }, code);
}

function withEnd(tally: Tally, code: number): Tally {
	return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

function read<T>(file: string): T | undefined {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as T;
	} catch {
		return undefined;
	}
}
