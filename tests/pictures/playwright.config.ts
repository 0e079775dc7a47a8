import { defineConfig } from '@playwright/test';
import base from '../e2e/playwright.config.ts';

/** The same server and browser as end to end, for taking pictures of every page. */
export default defineConfig({ ...base, testDir: import.meta.dirname, workers: 1 });
