/** No push service's address is nearly as long. */
const LONGEST = 1_000;

/**
 * Whether what a browser gave as its push service's address may be called at all: https on its usual port, a host with a public
 * name, nobody's password in it. Where the name leads is looked at when it is called. `loopback` lets a service stand on this
 * machine, for tests.
 */
export function isPushEndpoint(endpoint: string, { loopback = false }: { loopback?: boolean } = {}): boolean {
	const url = endpoint.length <= LONGEST ? URL.parse(endpoint) : null;
	if (!url || url.username !== '' || url.password !== '') return false;
	if (loopback && url.hostname === '127.0.0.1') return url.protocol === 'http:' || url.protocol === 'https:';
	return url.protocol === 'https:' && url.port === '' && isPublicName(url.hostname);
}

/** A name with a dot that ends in no number and in no ending of a private network. */
function isPublicName(host: string): boolean {
	return (
		/^[a-z\d.-]+\.[a-z][a-z\d-]*[a-z\d]$/.test(host) && !/\.(?:local|localhost|internal|home|lan|intranet)$/.test(host)
	);
}
