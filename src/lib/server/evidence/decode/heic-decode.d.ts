/** The part of heic-decode that the portal uses; the package brings no types. */
declare module 'heic-decode' {
	interface HeicImage {
		readonly width: number;
		readonly height: number;
		/** Four bytes a pixel, red first; upright. */
		decode(): Promise<{ data: Uint8ClampedArray }>;
	}
	const decode: { all(of: { buffer: Uint8Array }): Promise<readonly HeicImage[]> };
	export default decode;
}
