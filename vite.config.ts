import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import { defineConfig } from 'vitest/config';
import { WORD_PROJECT, writeWordProject } from './src/lib/messages/write-project.ts';
import { keptPlurals } from './src/kept-plurals.ts';
import { pageScripts } from './src/page-scripts.ts';
import { plainColours } from './src/plain-colours.ts';

writeWordProject();

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: WORD_PROJECT,
			outdir: './src/lib/paraglide',
			strategy: ['cookie', 'preferredLanguage', 'baseLocale'],
			cookieName: 'language',
			emitGitIgnore: false,
			emitPrettierIgnore: false,
			emitReadme: false,
		}),
		plainColours(),
		keptPlurals(),
		pageScripts(),
		sveltekit(),
		SvelteKitPWA({
			base: '/',
			srcDir: 'src',
			filename: 'service-worker.ts',
			strategies: 'injectManifest',
			injectRegister: false,
			manifest: false,
			// Nothing is kept in advance, so there is no list to inject; the plugin's types do not know that case.
			injectManifest: { injectionPoint: undefined } as object,
		}),
	],
	build: { target: 'es2020' },
	test: {
		projects: [
			{ test: { name: 'unit', include: ['src/**/*.test.ts'] } },
			{ test: { name: 'architecture', include: ['tests/architecture/**/*.test.ts'], testTimeout: 60_000 } },
			{
				test: {
					name: 'integration',
					include: ['tests/integration/**/*.test.ts'],
					globalSetup: ['tests/support/database.ts'],
					testTimeout: 60_000,
					hookTimeout: 60_000,
				},
			},
			{
				test: {
					name: 'trials',
					include: ['tests/trials/**/*.test.ts'],
					globalSetup: ['tests/support/database.ts'],
					testTimeout: 600_000,
					hookTimeout: 60_000,
				},
			},
		],
	},
});
