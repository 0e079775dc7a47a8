import { requestCode } from '#lib/server/access/request-code.ts';
import { resendCode } from '#lib/server/access/resend-code.ts';
import { sendCode } from '#lib/server/access/send-code.ts';
import { signIn } from '#lib/server/access/sign-in.ts';
import { randomToken } from '#lib/server/crypto/random-token.ts';
import type { Db } from '#lib/server/db/connect.ts';
import type { Random } from '#lib/server/demo/random.ts';
import { type Somebody, passSeconds } from './access.ts';

/** By what a guesser goes at the door. */
export type Way = { readonly token: string } | { readonly phone: string; readonly cardLast4: string };

/** Asks for a code by a link or by numbers. */
export async function ask(db: Db, way: Way, { browser, ip }: { browser: string; ip: string }) {
	return 'token' in way ? sendCode(db, { ...way, browser, ip }) : requestCode(db, { ...way, browser, ip });
}

/** An address of a guesser's many. */
export function someAddress(random: Random): string {
	return `10.${String(random.whole(0, 255))}.${String(random.whole(0, 255))}.${String(random.whole(1, 254))}`;
}

/** What a guesser got: when each guess was compared and each code sent, in milliseconds. */
export interface Guessed {
	readonly compared: readonly number[];
	readonly sent: readonly number[];
}

/**
 * So many guesses at one person, from ever new browsers and addresses, with codes asked for and sent again in between, several
 * at once; the held clock moves on.
 */
export async function guess(
	db: Db,
	{ cardholderId }: Somebody,
	{ way, guesses, random }: { way: Way; guesses: number; random: Random },
): Promise<Guessed> {
	const compared: number[] = [];
	let browser = randomToken();
	for (let count = 0; count < guesses;) {
		const ip = someAddress(random);
		if (random.chance(30)) browser = randomToken();
		if (random.chance(60)) await ask(db, way, { browser, ip });
		if (random.chance(40)) await resendCode(db, { browser, ip });
		const tries = Array.from({ length: random.whole(1, 6) }, () => String(random.whole(100_000, 999_999)));
		await Promise.all(tries.map((code) => signIn(db, { browser, code, idLast4: '0000', ip })));
		count += tries.length;
		const more = (await countFailures(db, cardholderId)) - compared.length;
		compared.push(...Array.from({ length: more }, () => Date.now()));
		passSeconds(random.whole(0, 20));
	}
	const sent = await db
		.selectFrom('outbox_message')
		.select('created_at')
		.where('cardholder_id', '=', cardholderId)
		.where('template', '=', 'sign_in_code')
		.execute();
	return { compared, sent: sent.map(({ created_at }) => created_at.getTime()) };
}

/** Every guess that is compared and wrong stands in the audit log. */
async function countFailures(db: Db, cardholderId: string): Promise<number> {
	const { count } = await db
		.selectFrom('audit_log')
		.select(({ fn }) => fn.countAll<number>().as('count'))
		.where('cardholder_id', '=', cardholderId)
		.where('action', '=', 'sign_in.failed')
		.executeTakeFirstOrThrow();
	return count;
}

/** The most that fall into any span of so many minutes. */
export function mostWithin(instants: readonly number[], minutes: number): number {
	return Math.max(
		0,
		...instants.map((from) => instants.filter((at) => at >= from && at < from + minutes * 60_000).length),
	);
}
