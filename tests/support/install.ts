import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';

/** Whether packages of the system can be installed here: as root, where there is apt. */
export function hasApt(): boolean {
	return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** Installs packages of the system, or says in a line why it could not. */
export function aptInstall(...packages: string[]): void {
	run('apt-get', ['update', '-q']);
	run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages]);
}

/** Runs an installer to its end, or says in a line why it failed. */
export function run(command: string, args: string[]): void {
	try {
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		execFileSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env, timeout: 300_000 });
	} catch (error) {
		const lines = (error as { stderr?: Buffer }).stderr?.toString().split('\n') ?? [];
		const why = lines.find((line) => /error|fail|^E:/i.test(line))?.trim() ?? (error as Error).message.split('\n')[0];
		console.log(`  ${[basename(command), ...args.map((arg) => basename(arg))].join(' ')}: ${why ?? 'failed'}`);
	}
}
