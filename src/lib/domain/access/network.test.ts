import { expect, test } from 'vitest';
import { networkOf } from '#lib/domain/access/network.ts';

test('an IPv4 address counts by itself, in IPv6’s clothes too', () => {
	expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
	expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
});

test('whoever has a whole IPv6 network counts once, however the address is written', () => {
	const first = networkOf('2001:db8:0:1::1');
	for (const same of [
		'2001:0db8:0000:0001:ffff:1:2:3',
		'2001:DB8:0:1:0:0:0:2',
		'2001:db8:0:1::',
		'2001:db8::1:9:9:9:9',
	]) {
		expect(networkOf(same), same).toBe(first);
	}
	expect(networkOf('2001:db8:0:2::1')).not.toBe(first);
	expect(networkOf('::1')).toBe('0:0:0:0::/64');
});
