import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Component } from 'svelte';
import type { render } from 'svelte/server';
import { createServer } from 'vite';
import { afterAll, beforeAll } from 'vitest';

/** Renders pages and components as the server does, without the rest of the application. */
export interface PageRenderer {
	/** The markup of a `.svelte` file (from the project's root) with these props, in a language. */
	render(path: string, props: object, locale: 'zh-CN' | 'en' | 'zh-TW'): Promise<string>;
}

/** Gives the test file that calls it at its top a renderer of its own; it writes nothing into the project. */
export function usePages(): PageRenderer {
	let server: Awaited<ReturnType<typeof createServer>> | undefined;
	beforeAll(async () => {
		server = await createServer({
			configFile: false,
			root: fileURLToPath(new URL('../../', import.meta.url)),
			appType: 'custom',
			logLevel: 'error',
			server: { middlewareMode: true, hmr: false, ws: false, watch: null },
			cacheDir: 'node_modules/.cache/render-page',
			optimizeDeps: { noDiscovery: true },
			plugins: [svelte({ configFile: false, prebundleSvelteLibraries: false, compilerOptions: { dev: false } })],
			resolve: { alias: { '$app/state': fileURLToPath(new URL('app-state.ts', import.meta.url)) } },
		});
	});
	afterAll(() => server?.close());
	return {
		async render(path, props, locale) {
			if (!server) throw new Error('pages are rendered in a test');
			const runtime = await server.ssrLoadModule('/src/lib/paraglide/runtime.js');
			(runtime as { overwriteGetLocale(get: () => string): void }).overwriteGetLocale(() => locale);
			const { default: component } = (await server.ssrLoadModule(path)) as { default: Component };
			// The page and what renders it must share one copy of Svelte.
			const svelteServer = (await server.ssrLoadModule('svelte/server')) as { render: typeof render };
			return svelteServer.render(component, { props }).body;
		},
	};
}
