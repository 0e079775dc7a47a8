/**
 * Whether a request comes from elsewhere and is not to be looked at: one that may change something is ours only where its
 * `Origin` is, to the letter, whatever it carries. Reading is free to everybody.
 */
export function isForeign({
	method,
	from,
	origin,
}: {
	method: string;
	from: string | null | undefined;
	origin: string;
}): boolean {
	return method !== 'GET' && method !== 'HEAD' && from !== origin;
}
