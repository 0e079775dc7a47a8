// A copy of what somebody owes, for a look without a network, where they turned that on (/security). It is sealed for a key that only
// one passkey of theirs can unwrap: keeping it asks for nothing, reading it asks for the passkey. It lies in localStorage, which can be
// wiped at once while a page is being left. Whoever did not turn it on loads none of this.

/**
 * @typedef {object} Line A line of the page, and what it was there.
 * @property {'title' | 'amount' | 'text'} kind
 * @property {string} text
 *
 * @typedef {object} Shown What stood on the page, in the language it was read in.
 * @property {string} lang
 * @property {Line[]} lines
 *
 * @typedef {object} Sealed
 * @property {number} at When the page was seen, by the device's clock, in milliseconds.
 * @property {string} sender The public half of a key that was used once.
 * @property {string} bytes
 *
 * @typedef {object} Copy What lies on the device; nothing in it is readable but whose it is and since when.
 * @property {string} mark Whose device it is.
 * @property {string} credential The passkey that opens it.
 * @property {string} salt What that passkey is asked with.
 * @property {string} publicKey Seals.
 * @property {string} iv
 * @property {string} privateKey Unseals; wrapped by what the passkey gives.
 * @property {Sealed} [sealed] Nothing was seen yet where it is missing.
 */

const NAME = 'debt-copy';
const CURVE = { name: 'ECDH', namedCurve: 'P-256' };
const IV_BYTES = 12;
/** A key that seals once needs no further chance. */
const NO_IV = new Uint8Array(IV_BYTES);

/** @param {string} text */
const utf8 = (text) => new TextEncoder().encode(text);

/** @param {ArrayBuffer | Uint8Array} bytes */
function toText(bytes) {
	const plain = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
	return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @param {string} text */
function toBytes(text) {
	const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

/**
 * A key for one purpose out of a secret that has enough chance in it (HKDF, RFC 5869).
 * @param {BufferSource} secret
 * @param {string} purpose
 * @param {KeyUsage[]} usages
 */
async function derive(secret, purpose, usages) {
	const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
	const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: utf8(`debt-copy ${purpose}`) };
	return crypto.subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, usages);
}

/**
 * The key between two halves, bound to both of them.
 * @param {CryptoKey} own
 * @param {CryptoKey} other
 * @param {{ sender: string, publicKey: string }} halves
 * @param {KeyUsage[]} usages
 */
async function agree(own, other, { sender, publicKey }, usages) {
	const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: other }, own, 256);
	return derive(shared, `seal ${sender} ${publicKey}`, usages);
}

/** @param {string} text */
const importPublic = (text) => crypto.subtle.importKey('raw', toBytes(text), CURVE, false, []);

/**
 * A copy with nothing in it yet. `secret` is what the passkey gives for the salt; it is not kept.
 * @param {BufferSource} secret
 * @param {{ mark: string, credential: string, salt: string }} whose
 * @returns {Promise<Copy>}
 */
export async function make(secret, whose) {
	const pair = await crypto.subtle.generateKey(CURVE, true, ['deriveBits']);
	const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
	const wrapping = await derive(secret, 'wrap', ['wrapKey']);
	const wrapped = await crypto.subtle.wrapKey('pkcs8', pair.privateKey, wrapping, { name: 'AES-GCM', iv });
	const publicKey = toText(await crypto.subtle.exportKey('raw', pair.publicKey));
	return { ...whose, publicKey, iv: toText(iv), privateKey: toText(wrapped) };
}

/**
 * The copy with this in it, in place of what was in it before.
 * @param {Copy} copy
 * @param {Shown} shown
 * @param {number} at
 * @returns {Promise<Copy>}
 */
export async function seal(copy, shown, at) {
	const once = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
	const sender = toText(await crypto.subtle.exportKey('raw', once.publicKey));
	const { publicKey, mark } = copy;
	const key = await agree(once.privateKey, await importPublic(publicKey), { sender, publicKey }, ['encrypt']);
	const how = { name: 'AES-GCM', iv: NO_IV, additionalData: utf8(`${mark} ${at}`) };
	const bytes = toText(await crypto.subtle.encrypt(how, key, utf8(JSON.stringify(shown))));
	return { ...copy, sealed: { at, sender, bytes } };
}

/**
 * What is in the copy. Throws where the secret is another passkey's or anything was changed.
 * @param {Copy} copy
 * @param {BufferSource} secret
 * @returns {Promise<Shown>}
 */
export async function unseal({ sealed, ...copy }, secret) {
	if (!sealed) throw new Error('nothing was sealed yet');
	const { at, sender, bytes } = sealed;
	const wrapping = await derive(secret, 'wrap', ['unwrapKey']);
	const unwrap = { name: 'AES-GCM', iv: toBytes(copy.iv) };
	const wrapped = toBytes(copy.privateKey);
	const own = await crypto.subtle.unwrapKey('pkcs8', wrapped, wrapping, unwrap, CURVE, false, ['deriveBits']);
	const key = await agree(own, await importPublic(sender), { sender, publicKey: copy.publicKey }, ['decrypt']);
	const how = { name: 'AES-GCM', iv: NO_IV, additionalData: utf8(`${copy.mark} ${at}`) };
	return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, toBytes(bytes))));
}

/** @returns {Copy | undefined} */
export function read() {
	try {
		return JSON.parse(localStorage.getItem(NAME) ?? '') ?? undefined;
	} catch {
		return undefined;
	}
}

/** @param {Copy} copy */
export const save = (copy) => localStorage.setItem(NAME, JSON.stringify(copy));

export const wipe = () => localStorage.removeItem(NAME);

/**
 * Asks for one of these passkeys, without the server: what counts is the secret that it gives for the salt (WebAuthn, PRF extension),
 * which no other passkey gives. No secret where it cannot do that; throws where the person or the device refuses.
 * @param {readonly string[]} credentials
 * @param {string} salt
 * @returns {Promise<{ credential: string, secret: BufferSource | undefined }>}
 */
export async function ask(credentials, salt) {
	const answer = await navigator.credentials.get({
		publicKey: {
			challenge: crypto.getRandomValues(new Uint8Array(32)),
			allowCredentials: credentials.map((id) => ({ type: 'public-key', id: toBytes(id) })),
			userVerification: 'required',
			extensions: { prf: { eval: { first: toBytes(salt) } } },
		},
	});
	const passkey = /** @type {PublicKeyCredential} */ (answer);
	return { credential: toText(passkey.rawId), secret: passkey.getClientExtensionResults().prf?.results?.first };
}

/** What a passkey is asked with. */
export const newSalt = () => toText(crypto.getRandomValues(new Uint8Array(32)));

/**
 * On a page of somebody who is signed in: wipes the copy of anybody else, or whose passkey is gone, and keeps what they see of
 * what they owe.
 * @param {string | undefined} mark
 */
export async function visit(mark) {
	document.addEventListener('submit', wipeAtSignOut);
	const copy = read();
	if (!copy || !mark) return;
	const passkeys = document.querySelector('[data-credentials]')?.getAttribute('data-credentials')?.split(' ');
	if (copy.mark !== mark || passkeys?.includes(copy.credential) === false) {
		wipe();
		return;
	}
	const lines = [...document.querySelectorAll('[data-copy] :is(h1, h2, p)')].map(toLine);
	if (lines.length === 0) return;
	await keepScripts().catch(() => undefined);
	const sealed = await seal(copy, { lang: document.documentElement.lang, lines }, Date.now());
	// Signed out or turned off meanwhile, here or in another window.
	if (read()?.publicKey === copy.publicKey) save(sealed);
}

/** What shows the copy without a network is kept beside the page that stands in then (service-worker.ts), for nobody else. */
async function keepScripts() {
	const scripts = ['/debt-copy.js', '/debt-copy-offline.js'];
	const requests = scripts.map((address) => new Request(address, { credentials: 'omit', cache: 'reload' }));
	await (await caches.open('shell')).addAll(requests);
}

/**
 * At once, since without a network no answer comes that clears what the device holds.
 * @param {SubmitEvent} event
 */
function wipeAtSignOut({ target }) {
	if (target instanceof Element && target.matches('[action^="/sign-out"]')) wipe();
}

/**
 * @param {Element} part
 * @returns {Line}
 */
function toLine(part) {
	const text = (part.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
	const isAmount = part.querySelector(':scope > .amount') !== null;
	return { kind: isAmount ? 'amount' : part.localName === 'p' ? 'text' : 'title', text };
}
