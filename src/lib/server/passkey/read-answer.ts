import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import * as v from 'valibot';

/** The longest answer that is looked at; real ones are a tenth of it. */
const LONGEST_ANSWER = 16_384;

const base64url = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,12000}$/));
const credential = { id: base64url, rawId: base64url, type: v.literal('public-key') };

const registration = v.object({
	...credential,
	response: v.object({
		clientDataJSON: base64url,
		attestationObject: base64url,
		transports: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(/^[a-z-]{1,20}$/))), v.maxLength(10)), []),
	}),
});

const assertion = v.object({
	...credential,
	response: v.object({
		clientDataJSON: base64url,
		authenticatorData: base64url,
		signature: base64url,
		userHandle: v.nullish(base64url),
	}),
});

/** An authenticator's answer with the challenge that it says it answers. */
export interface ReadAnswer<T> {
	readonly response: T;
	/** 32 bytes. */
	readonly challenge: Buffer;
}

/** Reads what a browser sent for a new passkey; undefined for what no browser sends. Nothing of it is proven yet. */
export function readRegistration(answer: string): ReadAnswer<RegistrationResponseJSON> | undefined {
	const parsed = v.safeParse(registration, parseJson(answer));
	if (!parsed.success) return undefined;
	return withChallenge({ ...parsed.output, clientExtensionResults: {} });
}

/** Reads what a browser sent with a passkey; undefined for what no browser sends. Nothing of it is proven yet. */
export function readAssertion(answer: string): ReadAnswer<AuthenticationResponseJSON> | undefined {
	const parsed = v.safeParse(assertion, parseJson(answer));
	if (!parsed.success) return undefined;
	const { userHandle, ...response } = parsed.output.response;
	const given = userHandle ? { ...response, userHandle } : response;
	return withChallenge({ ...parsed.output, response: given, clientExtensionResults: {} });
}

function withChallenge<T extends { response: { clientDataJSON: string } }>(response: T): ReadAnswer<T> | undefined {
	const client = parseJson(Buffer.from(response.response.clientDataJSON, 'base64url').toString());
	const parsed = v.safeParse(v.object({ challenge: base64url }), client);
	const challenge = parsed.success ? Buffer.from(parsed.output.challenge, 'base64url') : undefined;
	return challenge?.length === 32 ? { response, challenge } : undefined;
}

function parseJson(text: string): unknown {
	if (text.length > LONGEST_ANSWER) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
