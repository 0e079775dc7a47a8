import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../src/cli/build.ts';
import { isBuilt } from '../../src/cli/build-state.js';
import { ensureBrowser } from './browser.ts';
import { type CommandResult, ROOT, runNode } from './run-command.ts';
import { ofPlaywright, ofVitest, single, type Tally } from './tally.ts';

/** What one stage found. */
export interface Outcome extends Tally {
	/** Printed in full where something failed. */
	readonly output: string;
}

/** A part of the run under a heading of its own. */
export interface Stage {
	readonly title: string;
	run(): Promise<Outcome>;
}

const modules = join(ROOT, 'node_modules');

const asOne = ({ code, output }: CommandResult): Outcome => ({ ...single(code === 0), output });

/** Makes what the sources import and git does not hold: Kit's types and the compiled words. Every other stage needs it. */
export const generate: Stage = {
	title: 'generated code',
	run: async () => asOne(await runNode(['tests/support/generate.ts'])),
};

export const format: Stage = {
	title: 'format',
	run: async () => {
		const cache = ['--cache', '--cache-location', join(modules, '.cache', 'prettier.json')];
		return asOne(await runNode([join(modules, 'prettier/bin/prettier.cjs'), '--check', ...cache, '.']));
	},
};

export const lint: Stage = {
	title: 'lint',
	run: async () => {
		const config = ['-c', 'tests/architecture/eslint.config.js', '--max-warnings', '0'];
		const cache = ['--cache', '--cache-strategy', 'content', '--cache-location', join(modules, '.cache', 'eslint/')];
		return asOne(await runNode([join(modules, 'eslint/bin/eslint.js'), ...config, ...cache, '.']));
	},
};

export const types: Stage = {
	title: 'types',
	run: async () => {
		const app = await runNode([join(modules, 'svelte-check/bin/svelte-check'), '--fail-on-warnings']);
		const rest = await runNode([join(modules, 'typescript/bin/tsc'), '-p', 'tests/architecture/tsconfig.json']);
		return { ...single(app.code === 0 && rest.code === 0), output: app.output + rest.output };
	},
};

/** Tests under one of the projects of vite.config.ts. */
export function vitest(title: string, project: string, options: StageOptions = {}): Stage {
	return {
		title,
		run: () =>
			withReport(async (report) => {
				const args = ['run', '--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json'];
				const result = await runNode(
					[join(modules, 'vitest/vitest.mjs'), ...args, `--outputFile.json=${report}`, ...(options.args ?? [])],
					options,
				);
				return { ...ofVitest(report, result.code), output: result.output };
			}),
	};
}

/** Options of a stage that runs alone: print as it goes, pass arguments on. */
export interface StageOptions {
	readonly live?: boolean;
	readonly args?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
}

export const production: Stage = {
	title: 'build',
	run: async () => {
		if (isBuilt()) return { ...single(true), output: '' };
		const { ok, output } = await build();
		return { ...single(ok), output };
	},
};

/** Tests in a real browser, on the production build; `folder` holds them and their Playwright configuration. */
export function browser(title: string, folder: string, options: StageOptions = {}): Stage {
	return {
		title,
		run: () =>
			withReport(async (report) => {
				const config = join(folder, 'playwright.config.ts');
				if (!existsSync(join(ROOT, config))) return { passed: 0, failed: 0, output: `There is no ${config} yet.` };
				if (!isBuilt()) return { ...single(false), output: 'not run: there is no build of the present sources' };
				const found = ensureBrowser();
				if (!found.ok) return { ...single(false), output: found.why };
				const args = ['test', '-c', config, '--pass-with-no-tests'];
				const result = await runNode(
					[join(modules, '@playwright/test/cli.js'), ...args, '--reporter=list,json', ...(options.args ?? [])],
					{ ...options, env: { ...options.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report, CHROMIUM_PATH: found.path } },
				);
				return { ...ofPlaywright(report, result.code), output: result.output };
			}),
	};
}

/** Every bench in turn, or those named; each prints what it measured. From the first flag on, all is the benches' own. */
export async function runBenches(given: readonly string[]): Promise<number> {
	const firstFlag = given.findIndex((arg) => arg.startsWith('--'));
	const args = firstFlag === -1 ? given : given.slice(0, firstFlag);
	const flags = firstFlag === -1 ? [] : given.slice(firstFlag);
	const folder = join(ROOT, 'tests', 'bench');
	const all = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ts')) : [];
	const chosen = all.filter((name) => args.length === 0 || args.some((part) => name.includes(part)));
	if (chosen.length === 0) console.log('There is no such bench in tests/bench yet.');
	let worst = 0;
	for (const name of chosen.sort()) {
		console.log(`\n${name}`);
		worst = Math.max(worst, (await runNode([join('tests', 'bench', name), ...flags], { live: true })).code);
	}
	return worst;
}

async function withReport(run: (report: string) => Promise<Outcome>): Promise<Outcome> {
	const folder = mkdtempSync(join(tmpdir(), 'portal-report-'));
	// Also when the run is broken off.
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	return await run(join(folder, 'report.json'));
}
