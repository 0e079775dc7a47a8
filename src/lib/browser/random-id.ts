/** A random id; `crypto.randomUUID` is younger than the phones this is for. */
export function randomId(): string {
	const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte, at) => {
		const shaped = at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte;
		return shaped.toString(16).padStart(2, '0');
	}).join('');
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
