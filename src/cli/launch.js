// What every npm script of this project starts with. It runs on any Node from 20 on with nothing installed, so it is plain
// JavaScript and imports no package. It installs what is missing, changes to the Node that the
// lockfile names, and hands over. It writes nothing to standard output: that belongs to the command.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isBuilt } from './build-state.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The scripts behind the commands; those of tests/run.ts are told their command. @type {Record<string, string[]>} */
const COMMANDS = {
	start: ['src/cli/start.ts'],
	dev: ['src/cli/dev.ts'],
	portal: ['src/cli/portal.ts'],
	check: ['tests/run.ts', 'check'],
	test: ['tests/run.ts', 'test'],
	integration: ['tests/run.ts', 'integration'],
	e2e: ['tests/run.ts', 'e2e'],
	trials: ['tests/run.ts', 'trials'],
	bench: ['tests/run.ts', 'bench'],
	pictures: ['tests/run.ts', 'pictures'],
};

/** The first Node that runs TypeScript as it stands, for machines that the lockfile has no Node for. */
const OLDEST = [22, 18];

/**
 * @param {string} line
 * @param {number} code
 * @returns {never}
 */
function stop(line, code) {
	process.stderr.write(`${line}\n`);
	process.exit(code);
}

/**
 * @typedef {{ version?: string, integrity?: string, dev?: boolean, optional?: boolean, devOptional?: boolean }} Package
 * @param {string} file
 * @returns {Record<string, Package> | undefined} the packages of a lockfile, by their place
 */
function lockedPackages(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8')).packages;
	} catch {
		return undefined;
	}
}

/**
 * Whether node_modules is what the lockfile says, as npm itself noted it when it had finished.
 *
 * @param {boolean} developing whether the packages that only building and testing need must be there
 */
function isInstalled(developing) {
	const locked = lockedPackages(join(ROOT, 'package-lock.json'));
	const present = lockedPackages(join(ROOT, 'node_modules', '.package-lock.json'));
	if (!locked) stop('package-lock.json is missing or broken: restore it from git.', 1);
	if (!present) return false;
	for (const [place, entry] of Object.entries(locked)) {
		if (place === '') continue;
		const found = present[place];
		if (found) {
			if (found.version !== entry.version || found.integrity !== entry.integrity) return false;
		} else {
			// Packages for other platforms are never there.
			const dispensable = entry.optional || entry.devOptional || (entry.dev && !developing);
			if (!dispensable) return false;
		}
	}
	return Object.keys(present).every((place) => place in locked);
}

function install() {
	process.stderr.write('Installing packages (npm ci) …\n');
	const started = Date.now();
	const own = process.env.npm_execpath ?? '';
	// The npm that started us, if it is npm; otherwise the one on the path.
	const [command, ...first] = basename(own) === 'npm-cli.js' ? [process.execPath, own] : ['npm'];
	const done = spawnSync(
		command ?? 'npm',
		[...first, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'],
		// Its output goes where ours goes: standard output is the command's alone.
		{ cwd: ROOT, stdio: ['ignore', 2, 2], env: { ...process.env, CI: 'true' } },
	);
	if (done.error) stop(`npm could not be started (${done.error.message}). Install npm, or run "npm ci" by hand.`, 1);
	if (done.status !== 0) stop('npm ci failed, see above. Nothing was started.', 1);
	process.stderr.write(`Packages installed in ${Math.round((Date.now() - started) / 1000)} s.\n`);
}

/** The Node that the lockfile names, where there is one for this platform. */
function lockedNode() {
	const place = join(ROOT, 'node_modules', '.bin', 'node');
	return existsSync(place) ? realpathSync(place) : undefined;
}

function runsTypeScript() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
	return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/**
 * npm starts us through a shell, and a shell that is told to end does not pass that on: its end is the signal then.
 *
 * @param {() => void} terminate
 */
function endWithShell(terminate) {
	if (process.env.npm_lifecycle_event === undefined) return;
	const shell = process.ppid;
	const watch = setInterval(() => {
		if (process.ppid === shell) return;
		clearInterval(watch);
		terminate();
	}, 500);
	watch.unref();
}

/** @param {string[]} script */
async function runHere(script) {
	if (!runsTypeScript()) {
		stop(
			`This needs Node ${OLDEST.join('.')} or newer: there is no packaged Node for ${process.platform} ${process.arch}, ` +
				`and this is ${process.version}.`,
			1,
		);
	}
	const [file = '', ...first] = script;
	endWithShell(() => process.kill(process.pid, 'SIGTERM'));
	process.argv.splice(1, 2, join(ROOT, file), ...first);
	await import(pathToFileURL(join(ROOT, file)).href);
}

/**
 * Runs this file again on another Node, passing on signals and the way it ends.
 *
 * @param {string} node
 * @param {string[]} script
 */
function runOn(node, script) {
	// The other Node's parent is this one, which watches the shell for both.
	const { npm_lifecycle_event: _, ...env } = process.env;
	const child = spawn(node, process.argv.slice(1), { stdio: 'inherit', env });
	endWithShell(() => child.kill('SIGTERM'));
	/** @type {NodeJS.Signals[]} */
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
	for (const signal of signals) process.on(signal, () => child.kill(signal));
	// A Node that cannot run here (one built for another C library, say) is as good as none.
	child.on('error', () => void runHere(script));
	child.on('exit', (code, signal) => {
		if (signal === null) process.exit(code ?? 1);
		for (const each of signals) process.removeAllListeners(each);
		process.kill(process.pid, signal);
	});
}

const command = process.argv[2] ?? '';
const script = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
if (!script) stop(`usage: node src/cli/launch.js ${Object.keys(COMMANDS).join('|')}`, 2);

// A server that was built elsewhere, and the commands, need no tools.
const developing = !(command === 'portal' || (command === 'start' && isBuilt()));
if (!isInstalled(developing)) install();

process.chdir(ROOT);
const bin = join(ROOT, 'node_modules', '.bin');
const path = (process.env.PATH ?? '').split(delimiter);
if (path[0] !== bin) process.env.PATH = [bin, ...path].join(delimiter);

const node = lockedNode();
if (node === undefined || node === realpathSync(process.execPath)) await runHere(script);
else runOn(node, script);
