import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import base from '../e2e/playwright.config.ts';

/** The same server and browser as end to end, for taking pictures of every page in every state and language. */
export default defineConfig({
	...base,
	testDir: import.meta.dirname,
	projects: [{ name: 'pictures' }],
	timeout: 300_000,
	use: { ...base.use, actionTimeout: 15_000 },
	globalSetup: join(import.meta.dirname, 'begin.ts'),
	globalTeardown: join(import.meta.dirname, 'finish.ts'),
});
