import { hash, verify } from '@node-rs/argon2';

/**
 * Argon2id with 64 MiB, two passes and one lane: above the least that OWASP's password storage sheet asks for, and about
 * a tenth of a second here. The number 2 is Argon2id; the package's enum cannot be named with isolated modules.
 */
const COST = { algorithm: 2, memoryCost: 65_536, timeCost: 2, parallelism: 1 } as const;

export const PASSWORD_LENGTH = { least: 12, most: 200 } as const;

export type PasswordRefusal = 'password_short' | 'password_long' | 'password_guessable';

/** Why a password cannot be chosen: length in characters, the login inside it, or fewer than five different characters. */
export function passwordRefusal(password: string, login: string): PasswordRefusal | undefined {
	const characters = [...plain(password)];
	if (characters.length < PASSWORD_LENGTH.least) return 'password_short';
	if (characters.length > PASSWORD_LENGTH.most) return 'password_long';
	if (new Set(characters).size < 5 || plain(password).toLowerCase().includes(login)) return 'password_guessable';
	return undefined;
}

/** The encoded hash that stands in the database. */
export async function hashPassword(password: string): Promise<string> {
	return hash(plain(password), COST);
}

/**
 * Whether the password fits the hash. Without a hash (an unknown login, somebody who has not enrolled) the same work is
 * done against a hash of nothing anybody knows, and the answer is no.
 */
export async function fitsPassword(encoded: string | null | undefined, password: string): Promise<boolean> {
	const fits = await verify(encoded ?? (await nobodysHash()), plain(password).slice(0, PASSWORD_LENGTH.most * 2));
	return fits && encoded !== null && encoded !== undefined;
}

/** The same characters in the same form, whatever keyboard they came from (NIST SP 800-63B, 3.1.1.2). */
function plain(password: string): string {
	return password.normalize('NFKC');
}

let nobodys: Promise<string> | undefined;
function nobodysHash(): Promise<string> {
	nobodys ??= hash(crypto.getRandomValues(new Uint8Array(32)), COST);
	return nobodys;
}
