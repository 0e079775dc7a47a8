import { describe, expect, test } from 'vitest';
import { readEnv } from '#lib/server/env.ts';

function scannerOf(SCANNER: string | undefined) {
	const read = readEnv({ SCANNER });
	return read.ok ? read.env.scanner : read.problems;
}

describe('SCANNER', () => {
	test('is off unless something is said', () => {
		for (const said of [undefined, '', 'off']) expect(scannerOf(said)).toEqual({ kind: 'off' });
	});

	test.each([
		['clamd:127.0.0.1:3310', { host: '127.0.0.1', port: 3310 }],
		['clamd:scanner-1.bank.example:1', { host: 'scanner-1.bank.example', port: 1 }],
		['clamd:[::1]:65535', { host: '::1', port: 65_535 }],
		['clamd:/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
	])('%s is a clamd', (said, address) => {
		expect(scannerOf(said)).toEqual({ kind: 'clamd', address });
	});

	test.each([
		'on',
		'clamd',
		'clamd:',
		'clamd:/',
		'clamd:host',
		'clamd:host:',
		'clamd:host:0',
		'clamd:host:65536',
		'clamd::3310',
		'clamd:a b:1',
		'clamd:::1:3310',
		'clamd:run/clamd.ctl',
		'OFF',
	])('%s is refused by name', (said) => {
		const why = 'is none of off, clamd:HOST:PORT, clamd:/PATH/TO/SOCKET';
		expect(scannerOf(said)).toEqual([{ name: 'SCANNER', why }]);
	});
});
