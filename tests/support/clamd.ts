import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { ClamdAddress } from '#lib/server/scan/clamd-scanner.ts';
import { freePort } from './free-port.ts';
import { aptInstall, hasApt } from './install.ts';
import { startProcess } from './process.ts';

/** Where a service's program stands that is on few people's PATH. */
const ELSEWHERE = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin'];

/** A text that does no harm, and that the clamd of a test takes for an infection. */
export const LISTED = 'A harmless letter that the list of this test names.\n';
/** Its name; clamd adds that the list is not its maker's own. */
export const LISTED_AS = 'Portal.Test.Letter.UNOFFICIAL';
/** The most that the clamd of a test takes. */
export const STREAM_MAX = 1_048_576;

/** A real clamd that finds one text infected, with settings, list and folder of its own, on a port and a Unix socket; installs ClamAV if need be. */
export async function startClamd(
	listed = LISTED,
): Promise<{ port: ClamdAddress; socket: ClamdAddress; stop(): Promise<void> }> {
	const program = ensureClamd();
	const folder = await mkdtemp(join(tmpdir(), 'portal-clamd-'));
	const [lists, path, port] = [join(folder, 'lists'), join(folder, 'socket'), await freePort()];
	const hash = createHash('md5').update(listed).digest('hex');
	await mkdir(lists);
	await writeFile(
		join(lists, 'test.hdb'),
		`${hash}:${String(listed.length)}:${LISTED_AS.replace('.UNOFFICIAL', '')}\n`,
	);
	const settings = {
		Foreground: 'yes',
		LocalSocket: path,
		TCPAddr: '127.0.0.1',
		TCPSocket: port,
		DatabaseDirectory: lists,
		TemporaryDirectory: folder,
		StreamMaxLength: String(STREAM_MAX),
		// As Debian has it: hash and size stand beside the name, but not in an answer over the line.
		ExtendedDetectionInfo: 'yes',
	};
	const file = join(folder, 'clamd.conf');
	await writeFile(
		file,
		Object.entries(settings)
			.map(([name, value]) => `${name} ${value}\n`)
			.join(''),
	);
	const running = startProcess(program, ['--config-file', file]);
	const stop = async () => {
		await running.stop();
		await rm(folder, { recursive: true, force: true });
	};
	try {
		await running.line(/Self checking every/);
	} catch (fault) {
		await stop();
		throw fault;
	}
	return { port: { host: '127.0.0.1', port: Number(port) }, socket: { path }, stop };
}

function ensureClamd(): string {
	const found = findClamd() ?? installed();
	if (found !== undefined) return found;
	throw new Error(
		'No clamd was found and none could be installed: install ClamAV (on Debian: apt-get install clamav-daemon).',
	);
}

function findClamd(): string | undefined {
	const folders = [...(process.env.PATH ?? '').split(delimiter), ...ELSEWHERE];
	return folders.map((folder) => join(folder, 'clamd')).find((path) => existsSync(path));
}

function installed(): string | undefined {
	if (!hasApt()) return undefined;
	console.log('Installing ClamAV …');
	aptInstall('clamav-daemon');
	return findClamd();
}
