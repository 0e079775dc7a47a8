import { globSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';

const QUERY = '?script';
const FOLDER = '_app/immutable/scripts';

/**
 * Scripts of pages that are not hydrated. `import address from './plans.script.ts?script'` gives the address of that file,
 * bundled apart from the application with its digest in its name, for a `<meta name="script">` (app.html).
 */
export function pageScripts(): Plugin {
	const root = import.meta.dirname;
	let bundling: Promise<readonly Bundled[]> | undefined;
	/** Both builds, the server's and the browser's, must speak of the same names: it is bundled once. */
	const bundled = () => (bundling ??= bundle(globSync('{lib,routes}/**/*.script.ts', { cwd: root }), root));
	let isServing = false;
	return {
		name: 'page-scripts',
		enforce: 'pre',
		configResolved: ({ command }) => void (isServing = command === 'serve'),
		async resolveId(id, importer) {
			if (!id.endsWith(QUERY)) return null;
			const found = await this.resolve(id.slice(0, -QUERY.length), importer);
			return found ? found.id + QUERY : null;
		},
		async load(id) {
			if (!id.endsWith(QUERY)) return null;
			const file = id.slice(0, -QUERY.length);
			if (isServing) return addressModule(`/${relative(resolve(root, '..'), file)}`);
			const made = (await bundled()).find((one) => one.entry === file);
			if (!made) throw new Error(`${file} is no script of a page: those are named *.script.ts`);
			return addressModule(`/${made.fileName}`);
		},
		async generateBundle() {
			if (this.environment.name !== 'client') return;
			for (const { fileName, source } of await bundled()) this.emitFile({ type: 'asset', fileName, source });
		},
	};
}

/** A part that is loaded later has nothing to be fetched beforehand: 2 KB of looking for it are left out. */
const plainImports: Plugin = {
	name: 'plain-imports',
	enforce: 'pre',
	load: (id) => (id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : null),
};

function addressModule(address: string): string {
	return `export default ${JSON.stringify(address)};`;
}

/** A file that is served; `entry` is the source that a page names. */
interface Bundled {
	readonly fileName: string;
	readonly source: string | Uint8Array;
	readonly entry: string | undefined;
}

/** Each on its own: a page's script is one file, which is one request, and all that the page without a network must keep. */
async function bundle(entries: readonly string[], root: string): Promise<readonly Bundled[]> {
	const made: Bundled[] = [];
	for (const entry of entries) made.push(...(await bundleOne(entry, root)));
	return made;
}

async function bundleOne(entry: string, root: string): Promise<readonly Bundled[]> {
	const names = { entryFileNames: `${FOLDER}/[name].[hash].js`, chunkFileNames: `${FOLDER}/[name].[hash].js` };
	const input = { [basename(entry, '.script.ts')]: resolve(root, entry) };
	const made = (await build({
		configFile: false,
		root: resolve(root, '..'),
		// A worker and a part that is loaded later are named from where the script itself stands.
		base: './',
		publicDir: false,
		logLevel: 'error',
		plugins: [plainImports],
		worker: { format: 'es', rolldownOptions: { output: names } },
		build: {
			write: false,
			target: 'es2020',
			modulePreload: false,
			rolldownOptions: { input, output: { ...names, assetFileNames: `${FOLDER}/[name].[hash][extname]` } },
		},
	})) as Rolldown.RolldownOutput;
	return made.output.map((file) =>
		file.type === 'chunk'
			? { fileName: file.fileName, source: file.code, entry: file.facadeModuleId ?? undefined }
			: { fileName: file.fileName, source: file.source, entry: undefined },
	);
}
