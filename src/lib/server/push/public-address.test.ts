import { expect, test } from 'vitest';
import { isPublicAddress } from '#lib/server/push/public-address.ts';

test('addresses of a machine and of its network are not public', () => {
	for (const address of [
		'127.0.0.1',
		'10.1.2.3',
		'172.31.0.1',
		'192.168.1.1',
		'169.254.169.254',
		'100.100.100.200',
		'0.0.0.0',
		'255.255.255.255',
		'::1',
		'::',
		'::ffff:127.0.0.1',
		'::ffff:10.0.0.1',
		'fe80::1',
		'fd00::1',
		'64:ff9b::a00:1',
		'2002:a00:1::',
	]) {
		expect(isPublicAddress(address), address).toBe(false);
	}
});

test('addresses of the open internet are', () => {
	for (const address of ['8.8.8.8', '142.250.74.10', '2a00:1450:4001:80f::200a', '2606:4700::1111', '2620:fe::fe']) {
		expect(isPublicAddress(address), address).toBe(true);
	}
});
