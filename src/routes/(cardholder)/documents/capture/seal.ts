const IV_BYTES = 12;

/** Encrypts and decrypts under one key that never leaves memory; `about` must be the same on both sides. */
export interface Sealer {
	seal(bytes: Uint8Array<ArrayBuffer>, about: string): Promise<ArrayBuffer>;
	/** Rejects where it was sealed under another key, about something else, or was changed. */
	open(sealed: ArrayBuffer, about: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** AES-GCM under a key of 32 bytes in base64url; a fresh random IV stands before each sealed text. */
export async function sealerFor(key: string): Promise<Sealer> {
	const raw = bytesOf(atob(key.replace(/-/g, '+').replace(/_/g, '/')));
	const imported = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
	const cipher = (iv: Uint8Array<ArrayBuffer>, about: string) => ({
		name: 'AES-GCM',
		iv,
		additionalData: new TextEncoder().encode(about),
	});
	return {
		async seal(bytes, about) {
			const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
			const encrypted = await crypto.subtle.encrypt(cipher(iv, about), imported, bytes);
			const sealed = new Uint8Array(IV_BYTES + encrypted.byteLength);
			sealed.set(iv);
			sealed.set(new Uint8Array(encrypted), IV_BYTES);
			return sealed.buffer;
		},
		async open(sealed, about) {
			const iv = new Uint8Array(sealed, 0, IV_BYTES);
			const opened = await crypto.subtle.decrypt(cipher(iv, about), imported, new Uint8Array(sealed, IV_BYTES));
			return new Uint8Array(opened);
		},
	};
}

function bytesOf(binary: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
