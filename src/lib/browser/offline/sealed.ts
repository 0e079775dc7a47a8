/** A device whose person is known, with the key that no script can read out. */
export interface Device {
	readonly mark: string;
	readonly key: CryptoKey;
	/** So much is the device's clock ahead of the server's, in milliseconds. */
	readonly aheadMs: number;
}

/** Bytes under a device's key, and what they were sealed with. */
export interface Sealed {
	readonly iv: Uint8Array<ArrayBuffer>;
	readonly bytes: ArrayBuffer;
}

const IV_BYTES = 12;

/** A key for a device: it opens what it sealed there, and nothing takes it away. */
export function makeKey(): Promise<CryptoKey> {
	return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** Seals bytes as what they are `about`: they open as nothing else. */
export async function seal({ key }: Device, bytes: BufferSource, about: string): Promise<Sealed> {
	const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
	return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: encode(about) }, key, bytes) };
}

/** The bytes again; rejects where they are about something else, or another device's. */
export function unseal({ key }: Device, { iv, bytes }: Sealed, about: string): Promise<ArrayBuffer> {
	return crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: encode(about) }, key, bytes);
}

export function encode(text: string): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(text);
}
