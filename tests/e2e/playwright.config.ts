import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { launchOptions } from '../support/browser.ts';
import { freePort } from '../support/free-port.ts';

// Workers inherit it by the environment.
process.env.E2E_PORT ??= await freePort();
process.env.E2E_FOLDER ??= mkdtempSync(join(tmpdir(), 'portal-e2e-'));
// With the name of a spec only a part runs, and not every canary is planted; nor are they where no desk is.
const asked = process.argv.slice(2).filter((arg, at, all) => !arg.startsWith('-') && all[at - 1] !== '-c');
process.env.E2E_WHOLE ??= String(asked.every((arg) => arg === 'test') && process.env.E2E_LANE !== 'phone');
// Two lanes can run side by side, each with a server, a queue and an inbox of its own: who needs the queue, and the rest.
const AT_THE_DESK = [
	'agent',
	'ask-more',
	'canaries',
	'cardholder',
	'desk',
	'live',
	'passkey',
	'second-look',
	'session',
];
const LONG = ['accessibility-desk', 'documents', 'support', 'shared-phone', 'visitors', 'weight'];
const lane = process.env.E2E_LANE;
const desk = [...AT_THE_DESK, ...LONG].map((name) => `**/${name}*.spec.ts`);
const scan = '**/canary-scan.spec.ts';
const origin = `http://127.0.0.1:${process.env.E2E_PORT}`;

export default defineConfig({
	testDir: import.meta.dirname,
	outputDir: join(import.meta.dirname, '../../test-results', lane ?? ''),
	fullyParallel: false,
	// One queue and one inbox: two walkers would decide each other's applications.
	workers: 1,
	retries: 0,
	timeout: 60_000,
	expect: { timeout: 10_000 },
	reporter: 'list',
	use: {
		baseURL: origin,
		locale: 'zh-CN',
		timezoneId: 'Asia/Shanghai',
		viewport: { width: 360, height: 780 },
		launchOptions: launchOptions(),
		trace: 'off',
		serviceWorkers: 'block',
	},
	projects: [
		{
			name: 'walks',
			...(lane === 'desk' && { testMatch: desk }),
			testIgnore: lane === 'phone' ? [scan, ...desk] : scan,
			teardown: 'scan',
		},
		// After everything else: what the walks left in the log and in the jobs.
		{ name: 'scan', testMatch: scan },
	],
	webServer: {
		command: `${process.execPath} ${join(import.meta.dirname, 'serve.ts')}`,
		url: `${origin}/readyz`,
		env: { PORT: process.env.E2E_PORT, E2E_FOLDER: process.env.E2E_FOLDER },
		timeout: 180_000,
		stdout: 'ignore',
		stderr: 'pipe',
		gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
	},
});
