import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { log } from '#lib/server/log.ts';

/** What the kernel lets the process have. */
export interface ProcessLimits {
	/** Of writable memory. */
	readonly megabytes: number;
	/** Of processor time. */
	readonly seconds: number;
}

/** A phone's HEIC takes several hundred megabytes while it is decoded. */
const LIMITS: ProcessLimits = { megabytes: 1_200, seconds: 40 };

/** The largest file that it may write, in blocks of 512 bytes: a picture of 40 megapixels is smaller. */
const LARGEST_FILE = 400_000;

/**
 * Starts a script of the project in a process that decodes what strangers sent: it may read the project and the files
 * named, write the files named, and nothing else; it starts no process, has no environment and, where the kernel lets us cut
 * it off, no network. The kernel ends it where it wants more memory or time than it may have.
 *
 * @param script by its place in the project
 * @param files absolute paths
 */
export function spawnConfined(script: string, files: readonly string[], limits: ProcessLimits = LIMITS): ChildProcess {
	const root = projectRoot();
	const permissions = files.flatMap((path) => [`--allow-fs-read=${path}`, `--allow-fs-write=${path}`]);
	const node = ['--permission', '--allow-addons', `--allow-fs-read=${root}/*`, ...permissions, '--no-warnings'];
	// One at a time: some shells take a single limit in one command.
	const ulimits = [
		`-d ${String(limits.megabytes * 1024)}`,
		`-t ${String(limits.seconds)}`,
		`-f ${String(LARGEST_FILE)}`,
		'-c 0',
	];
	const ulimit = ulimits.map((limit) => `ulimit ${limit}`).join(' && ');
	const shell = ['/bin/sh', '-c', `${ulimit} && exec "$0" "$@"`, process.execPath, ...node, join(root, script)];
	const [command = '', ...rest] = canCutNetwork() ? ['unshare', '--map-root-user', '--net', ...shell] : shell;
	const child = spawn(command, rest, { cwd: root, env: PATH_ONLY, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
	watchMemory(child, limits.megabytes);
	return child;
}

/** Not every kernel holds a process to its limit of memory: then we do, where it tells what a process has. */
function watchMemory(child: ChildProcess, megabytes: number): void {
	const watch = setInterval(() => {
		const resident = residentBytes(child.pid);
		if (resident > megabytes * 1_048_576) child.kill('SIGKILL');
	}, 50);
	watch.unref();
	child.once('exit', () => clearInterval(watch));
}

function residentBytes(pid: number | undefined): number {
	try {
		return Number(readFileSync(`/proc/${String(pid)}/statm`, 'utf8').split(' ')[1]) * 4096;
	} catch {
		return 0;
	}
}

const PATH_ONLY = { PATH: '/usr/bin:/bin' };

let cut: boolean | undefined;

/** Whether this machine lets us start a process without a network; asked once, and told once where it does not. */
function canCutNetwork(): boolean {
	cut ??= spawnSync('unshare', ['--map-root-user', '--net', 'true'], { env: PATH_ONLY, stdio: 'ignore' }).status === 0;
	if (!cut) warnOnce();
	return cut;
}

let warned = false;

function warnOnce(): void {
	if (!warned) log.warn({ failure: 'network_not_cut' }, 'this machine decodes files without cutting off the network');
	warned = true;
}

let root: string | undefined;

/** The sources run where they stand and the build runs from a folder of its own: both lie under the project's root. */
function projectRoot(): string {
	if (root !== undefined) return root;
	let folder = dirname(fileURLToPath(import.meta.url));
	while (!existsSync(join(folder, 'svelte.config.js'))) {
		const above = dirname(folder);
		if (above === folder) throw new Error('the project is missing around its build');
		folder = above;
	}
	root = folder;
	return root;
}
