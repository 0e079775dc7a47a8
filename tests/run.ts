/**
 * `npm test` and its shorter siblings: runs stages, prints failures in full, and closes with `N passed, N failed`.
 * A failing stage does not keep the others from running.
 */
import { endWithSignals } from './support/run-command.ts';
import { browser, format, generate, lint, production, runBenches, types, vitest } from './support/stages.ts';
import type { Stage } from './support/stages.ts';
import { sum, type Tally } from './support/tally.ts';

const [command = 'test', ...args] = process.argv.slice(2);

/** Stages one after another. */
type Lane = readonly Stage[];

/** Lanes side by side: each keeps about one core busy, and ordinary machines have two. */
type Row = readonly Lane[];

const live = { live: true, args };
const tenth = { env: { TRIALS: 'tenth' } };
const full = { env: { TRIALS: 'full' } };

const still: readonly Row[] = [
	[[generate]],
	[[types], [format, lint]],
	[[vitest('boundaries', 'architecture'), vitest('unit', 'unit')]],
];

const ROWS: Readonly<Record<string, readonly Row[]>> = {
	check: still,
	test: [
		...still,
		[[vitest('integration', 'integration')], [production, vitest('trials, a tenth', 'trials', tenth)]],
		[
			[browser('walks at the desk', 'tests/e2e', { env: { E2E_LANE: 'desk' } })],
			[browser('walks on a phone', 'tests/e2e', { env: { E2E_LANE: 'phone' } })],
		],
	],
	integration: [[[generate, vitest('integration', 'integration', live)]]],
	trials: [[[generate, production, vitest('trials', 'trials', { ...live, ...full })]]],
	e2e: [[[production, browser('end to end', 'tests/e2e', live)]]],
	pictures: [[[production, browser('pictures', 'tests/pictures', live)]]],
};

async function runLane(lane: Lane): Promise<Tally> {
	const tallies: Tally[] = [];
	for (const stage of lane) tallies.push(await runStage(stage));
	return sum(tallies);
}

async function runStage(stage: Stage): Promise<Tally> {
	const started = performance.now();
	const { passed, failed, output } = await stage.run().catch((error: unknown) => ({
		passed: 0,
		failed: 1,
		output: error instanceof Error ? (error.stack ?? error.message) : String(error),
	}));
	const seconds = ((performance.now() - started) / 1000).toFixed(1);
	const counts = `${String(passed)} passed${failed > 0 ? `, ${String(failed)} FAILED` : ''}`;
	if (failed > 0) console.log(`\n${'─'.repeat(100)}\n${output.trimEnd()}\n`);
	else if (passed === 0 && output) console.log(output.trimEnd());
	console.log(`${failed > 0 ? '✗' : '✓'} ${stage.title.padEnd(18)} ${seconds.padStart(6)} s   ${counts}`);
	return { passed, failed };
}

async function run(rows: readonly Row[]): Promise<number> {
	const started = performance.now();
	const tallies: Tally[] = [];
	for (const row of rows) tallies.push(...(await Promise.all(row.map(runLane))));
	const { passed, failed } = sum(tallies);
	console.log(`\nin ${((performance.now() - started) / 1000).toFixed(0)} s`);
	console.log(`${String(passed)} passed, ${String(failed)} failed`);
	return failed > 0 ? 1 : 0;
}

endWithSignals();
const rows = ROWS[command];
if (command === 'bench') process.exitCode = await runBenches(args);
else if (rows) process.exitCode = await run(rows);
else {
	console.error(`usage: node tests/run.ts ${[...Object.keys(ROWS), 'bench'].join('|')}`);
	process.exitCode = 2;
}
