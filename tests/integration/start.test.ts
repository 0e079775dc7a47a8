import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { startProcess } from '../support/process.ts';

/** Runs a script of ours to its end in a bare environment. */
async function run(args: string[], settings: Record<string, string> = {}) {
	const { PATH, HOME } = process.env;
	const ran = startProcess(process.execPath, args, { env: { PATH, HOME, ...settings } });
	return { code: await ran.ended, output: ran.output() };
}

test('production does not start without its settings, and names each that is missing', async () => {
	const { code, output } = await run(['src/cli/start.ts'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
	expect(code).toBe(1);
	for (const name of ['ORIGIN', 'SECRET_KEY', 'SMS_GATEWAY', 'STORAGE']) expect(output).toContain(`${name} is missing`);
});

test('production does not start with what is for the demo or for tests', async () => {
	const { code, output } = await run(['src/cli/start.ts'], {
		DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
		SMS_GATEWAY: 'inbox',
		PORTAL_TODAY: '2026-01-01',
	});
	expect(code).toBe(1);
	expect(output).toContain('SMS_GATEWAY inbox is for the demo');
	expect(output).toContain('PORTAL_TODAY is for tests');
});

test('the portal does not start with a setting that is wrong, and says what it may be', async () => {
	const { code, output } = await run(['src/cli/start.ts'], { SCANNER: 'clamd:nowhere' });
	expect(code).toBe(1);
	expect(output).toContain('SCANNER is none of off, clamd:HOST:PORT, clamd:/PATH/TO/SOCKET');
});

test('a port that another program has is told in a line', async () => {
	const other = createServer().listen(0, '127.0.0.1');
	await once(other, 'listening');
	const { port } = other.address() as AddressInfo;
	const { code, output } = await run(['src/cli/start.ts'], { PORT: String(port) });
	other.close();
	expect(code).toBe(1);
	expect(output.trim().split('\n')).toEqual([
		`Port ${String(port)} is taken by another program. Choose another: PORT=3001 npm start`,
	]);
});

test('the launcher hands over arguments and exit code as they are, and says nothing itself', async () => {
	const direct = await run(['src/cli/portal.ts', 'owed', '--no-such', 'a b', '--', '*']);
	const launched = await run(['src/cli/launch.js', 'portal', 'owed', '--no-such', 'a b', '--', '*']);
	expect(launched).toEqual(direct);
	expect(launched.code).toBe(2);
});

test('the launcher refuses a command that there is not', async () => {
	const { code, output } = await run(['src/cli/launch.js', 'toString']);
	expect(code).toBe(2);
	expect(output).toMatch(/^usage: /);
});
