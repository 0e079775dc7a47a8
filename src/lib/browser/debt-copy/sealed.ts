/*
 * A copy of what somebody owes, for a look without a network, where they turned that on. It is sealed for a key that only one passkey
 * of theirs can unwrap: keeping it asks for nothing, reading it asks for the passkey.
 */

/** What stood on the page, in the language it was read in. */
export interface Shown {
	readonly lang: string;
	readonly lines: readonly { readonly kind: 'title' | 'amount' | 'text'; readonly text: string }[];
}

/** Whose copy it is. */
export interface Whose {
	/** By what a device knows its person. */
	readonly mark: string;
	/** The passkey that opens it. */
	readonly credential: string;
	/** What that passkey is asked with. */
	readonly salt: string;
	/** When its person last saw a page here, by the server's clock, in milliseconds since 1970. */
	readonly seenAt?: number;
}

/** What lies on the device, bytes as base64url; nothing in it is readable but whose it is and since when. */
export interface Copy extends Whose {
	/** Seals. */
	readonly publicKey: string;
	/** Unseals; wrapped by what the passkey gives, with `iv`. */
	readonly privateKey: string;
	readonly iv: string;
	/** Missing where nothing was seen yet. */
	readonly sealed?: {
		/** When the page was seen, by the device's clock, in milliseconds since 1970. */
		readonly at: number;
		/** The public half of a key that was used once. */
		readonly sender: string;
		readonly bytes: string;
	};
}

const CURVE = { name: 'ECDH', namedCurve: 'P-256' };
const IV_BYTES = 12;
/** A key that seals once needs no further chance. */
const NO_IV = new Uint8Array(IV_BYTES);

/** A copy with nothing in it yet. `secret` is what the passkey gives for the salt; it is not kept. */
export async function makeCopy(secret: BufferSource, whose: Whose): Promise<Copy> {
	const pair = await crypto.subtle.generateKey(CURVE, true, ['deriveBits']);
	const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
	const wrapping = await derive(secret, 'wrap', ['wrapKey']);
	const wrapped = await crypto.subtle.wrapKey('pkcs8', pair.privateKey, wrapping, { name: 'AES-GCM', iv });
	const publicKey = toText(await crypto.subtle.exportKey('raw', pair.publicKey));
	return { ...whose, publicKey, iv: toText(iv), privateKey: toText(wrapped) };
}

/** The copy with this in it, in place of what was in it before. */
export async function sealCopy(copy: Copy, shown: Shown, at: number): Promise<Copy> {
	const once = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
	const sender = toText(await crypto.subtle.exportKey('raw', once.publicKey));
	const halves = { sender, publicKey: copy.publicKey };
	const key = await agree(once.privateKey, await importPublic(copy.publicKey), halves, ['encrypt']);
	const bytes = await crypto.subtle.encrypt(bound(copy.mark, at), key, encode(JSON.stringify(shown)));
	return { ...copy, sealed: { at, sender, bytes: toText(bytes) } };
}

/** What is in the copy; rejects where the secret is another passkey's, anything was changed, or nothing is in it. */
export async function unsealCopy({ sealed, ...copy }: Copy, secret: BufferSource): Promise<Shown> {
	if (!sealed) throw new Error('nothing was sealed yet');
	const { at, sender, bytes } = sealed;
	const wrapping = await derive(secret, 'wrap', ['unwrapKey']);
	const unwrap = { name: 'AES-GCM', iv: toBytes(copy.iv) };
	const wrapped = toBytes(copy.privateKey);
	const own = await crypto.subtle.unwrapKey('pkcs8', wrapped, wrapping, unwrap, CURVE, false, ['deriveBits']);
	const halves = { sender, publicKey: copy.publicKey };
	const key = await agree(own, await importPublic(sender), halves, ['decrypt']);
	const opened = await crypto.subtle.decrypt(bound(copy.mark, at), key, toBytes(bytes));
	return JSON.parse(new TextDecoder().decode(opened)) as Shown;
}

/** A key for one purpose out of a secret that has enough chance in it (HKDF, RFC 5869). */
async function derive(secret: BufferSource, purpose: string, usages: KeyUsage[]): Promise<CryptoKey> {
	const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
	const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encode(`debt-copy ${purpose}`) };
	return crypto.subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, usages);
}

/** The key between two halves, bound to both of them. */
async function agree(
	own: CryptoKey,
	other: CryptoKey,
	{ sender, publicKey }: { sender: string; publicKey: string },
	usages: KeyUsage[],
): Promise<CryptoKey> {
	const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: other }, own, 256);
	return derive(shared, `seal ${sender} ${publicKey}`, usages);
}

/** As whose and as of when it is sealed: it opens as nothing else. */
function bound(mark: string, at: number): AesGcmParams {
	return { name: 'AES-GCM', iv: NO_IV, additionalData: encode(`${mark} ${String(at)}`) };
}

function importPublic(text: string): Promise<CryptoKey> {
	return crypto.subtle.importKey('raw', toBytes(text), CURVE, false, []);
}

function encode(text: string): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(text);
}

/** Bytes as base64url. */
export function toText(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): string {
	const plain = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
	return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export function toBytes(text: string): Uint8Array<ArrayBuffer> {
	const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}
