/**
 * Where the demo is found: on 127.0.0.1, or on `localhost` where ORIGIN asks for it, since browsers keep passkeys for a site
 * with a name only. Any other ORIGIN is set aside: the demo serves this machine alone.
 */
export function loopbackOrigin(wanted: string | undefined, port: number): string {
	const isLocalhost = wanted !== undefined && URL.canParse(wanted) && new URL(wanted).hostname === 'localhost';
	return `http://${isLocalhost ? 'localhost' : '127.0.0.1'}:${String(port)}`;
}
