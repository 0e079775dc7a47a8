import { toBytes, toText } from './sealed.ts';

/** What a passkey is asked with. */
export function newSalt(): string {
	return toText(crypto.getRandomValues(new Uint8Array(32)));
}

/**
 * Asks for one of these passkeys, without the server: what counts is the secret that it gives for the salt (WebAuthn, PRF extension),
 * which no other passkey gives. No secret where it cannot do that; rejects where the person or the device refuses (`isRefusal`).
 */
export async function askPasskey(
	credentials: readonly string[],
	salt: string,
): Promise<{ credential: string; secret: BufferSource | undefined }> {
	const answer = await navigator.credentials.get({
		publicKey: {
			challenge: crypto.getRandomValues(new Uint8Array(32)),
			allowCredentials: credentials.map((id) => ({ type: 'public-key', id: toBytes(id) })),
			userVerification: 'required',
			extensions: { prf: { eval: { first: toBytes(salt) } } },
		},
	});
	const passkey = answer as PublicKeyCredential;
	return { credential: toText(passkey.rawId), secret: passkey.getClientExtensionResults().prf?.results?.first };
}

/** Whether no passkey was given, rather than something having failed. */
export function isRefusal(fault: unknown): boolean {
	return fault instanceof DOMException && ['NotAllowedError', 'AbortError'].includes(fault.name);
}
