import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** What a test can have an authenticator or browser do otherwise than a right one does. */
export interface Odd {
	readonly origin?: string;
	readonly rpId?: string;
	/** What it says of its count of uses. */
	readonly counter?: number;
	/** Whether finger, face or screen lock was asked for. */
	readonly userVerified?: boolean;
	/** How it claims to be made. */
	readonly format?: string;
	readonly userHandle?: string;
}

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();
const text = (data: Uint8Array | string) => Buffer.from(data).toString('base64url');

/** An authenticator with one passkey in software: an ES256 key, and a count of its uses. */
export class Authenticator {
	readonly credentialId = randomBytes(32);
	readonly origin: string;
	counter = 0;
	#keys: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	#userHandle = '';

	constructor(origin: string) {
		this.origin = origin;
	}

	/** The answer to options for a new passkey, as the browser's script sends it. */
	create(options: { challenge: string; rp: { id?: string }; user: { id: string } }, odd: Odd = {}): string {
		this.#userHandle = options.user.id;
		const jwk = this.#keys.publicKey.export({ format: 'jwk' });
		const key = new Map<number, number | Uint8Array>([
			[1, 2],
			[3, -7],
			[-1, 1],
			[-2, Uint8Array.from(Buffer.from(jwk.x ?? '', 'base64url'))],
			[-3, Uint8Array.from(Buffer.from(jwk.y ?? '', 'base64url'))],
		]);
		const length = Buffer.alloc(2);
		length.writeUInt16BE(this.credentialId.length);
		const credential = Buffer.concat([Buffer.alloc(16), length, this.credentialId, isoCBOR.encode(key)]);
		const authData = Buffer.concat([this.#head(odd.rpId ?? options.rp.id ?? '', 0x40, odd), credential]);
		const attestation = new Map<string, string | Uint8Array | Map<string, never>>([
			['fmt', odd.format ?? 'none'],
			['attStmt', new Map<string, never>()],
			['authData', Uint8Array.from(authData)],
		]);
		return this.#answer({
			clientDataJSON: this.#client('webauthn.create', options.challenge, odd),
			attestationObject: text(isoCBOR.encode(attestation)),
			transports: ['internal'],
		});
	}

	/** The answer to options that ask for a passkey; each counts one more. */
	get(options: { challenge: string; rpId?: string }, odd: Odd = {}): string {
		this.counter = odd.counter ?? this.counter + 1;
		const client = this.#client('webauthn.get', options.challenge, odd);
		const authData = this.#head(odd.rpId ?? options.rpId ?? '', 0, odd);
		const signed = Buffer.concat([authData, sha256(Buffer.from(client, 'base64url'))]);
		return this.#answer({
			clientDataJSON: client,
			authenticatorData: text(authData),
			signature: text(sign('sha256', signed, this.#keys.privateKey)),
			userHandle: odd.userHandle ?? this.#userHandle,
		});
	}

	#head(rpId: string, flags: number, { counter = this.counter, userVerified = true }: Odd): Buffer {
		const count = Buffer.alloc(4);
		count.writeUInt32BE(counter);
		return Buffer.concat([sha256(rpId), Buffer.of(flags | 0x01 | (userVerified ? 0x04 : 0)), count]);
	}

	#client(type: string, challenge: string, { origin = this.origin }: Odd): string {
		return text(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
	}

	#answer(response: object): string {
		const id = text(this.credentialId);
		return JSON.stringify({ id, rawId: id, type: 'public-key', response });
	}
}
