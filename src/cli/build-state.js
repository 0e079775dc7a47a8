// Plain JavaScript, for the launcher reads it with nothing installed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NOTE = join(ROOT, 'build', '.sources');

/** What the build is made from. The command line runs from source; the compiled words and their project are made anew by each build. */
const SOURCES = ['src', 'static', 'package.json', 'package-lock.json', 'svelte.config.js', 'vite.config.ts'];
const NO_SOURCES = ['src/cli', 'src/lib/paraglide', 'src/lib/messages/project.inlang'];

/** Tests, and what editors and compilers leave beside the sources. */
const BESIDE = /(\.test\.ts|\.md|~)$|\/\.[^/]*$/;

/** A digest of all that the build is made from: unlike times, it survives checkouts and copies. */
export function sourcesDigest() {
	const hash = createHash('sha256');
	/** @param {string} place */
	const add = (place) => {
		if (NO_SOURCES.includes(place) || BESIDE.test(place)) return;
		const path = join(ROOT, place);
		if (!existsSync(path)) return;
		const entries = readFolder(path);
		if (entries) for (const name of entries) add(`${place}/${name}`);
		else hash.update(`${place}\0`).update(readFileSync(path)).update('\0');
	};
	for (const place of SOURCES) add(place);
	return hash.digest('hex');
}

/** @param {string} path */
function readFolder(path) {
	try {
		return readdirSync(path).sort();
	} catch {
		return undefined;
	}
}

/** Whether `build/` is there and made from the present sources. */
export function isBuilt() {
	if (!existsSync(join(ROOT, 'build', 'handler.js'))) return false;
	try {
		return readFileSync(NOTE, 'utf8') === sourcesDigest();
	} catch {
		return false;
	}
}

/**
 * Notes what `build/` was made from, once it is whole.
 *
 * @param {string} digest taken before the build began, so that a file changed meanwhile counts as changed
 */
export function noteBuilt(digest) {
	writeFileSync(NOTE, digest);
}
