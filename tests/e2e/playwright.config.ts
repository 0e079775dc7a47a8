import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { launchOptions } from '../support/browser.ts';
import { freePort } from '../support/free-port.ts';

// Workers inherit it by the environment.
process.env.E2E_PORT ??= await freePort();
const origin = `http://127.0.0.1:${process.env.E2E_PORT}`;

export default defineConfig({
	testDir: import.meta.dirname,
	outputDir: join(import.meta.dirname, '../../test-results'),
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
	webServer: {
		command: `${process.execPath} ${join(import.meta.dirname, 'serve.ts')}`,
		url: `${origin}/readyz`,
		env: { PORT: process.env.E2E_PORT },
		timeout: 180_000,
		stdout: 'ignore',
		stderr: 'pipe',
		gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
	},
});
