/**
 * What an IP address is counted as: an IPv4 address as it is, an IPv6 one by its first 64 bits, since a household or a
 * rented server has all that follow to itself. An IPv4 address in IPv6's clothes is itself. Anything else stays as it is.
 */
export function networkOf(ip: string): string {
	const address = ip.toLowerCase().replace(/%.*$/, '');
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
	if (mapped !== undefined) return mapped;
	if (!/^[\da-f:]+$/.test(address) || !address.includes(':')) return address;
	const [head = '', tail] = address.split('::');
	const groups = head === '' ? [] : head.split(':');
	const after = tail === undefined || tail === '' ? [] : tail.split(':');
	const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
	const whole = [...groups, ...Array.from({ length: zeros }, () => '0'), ...after];
	return `${whole
		.slice(0, 4)
		.map((group) => group.replace(/^0+(?=.)/, ''))
		.join(':')}::/64`;
}
