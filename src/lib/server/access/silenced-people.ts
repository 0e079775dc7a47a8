import { maskPhone } from '#lib/domain/access/phone.ts';
import { findPhone } from '#lib/server/access/person.repository.ts';
import { findSilencedAt, liftPhone, listSilenced } from '#lib/server/access/silence.repository.ts';
import { type Actor, appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db, DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** Somebody whose number on file is silenced, for support to follow up; `phone` is masked but for the last four. */
export interface SilencedPerson {
	readonly cardholderId: string;
	readonly name: string;
	readonly phone: string;
	readonly silencedAt: Date;
}

/** More than these wait for nobody: whoever follows them up begins with the latest. */
const MOST = 200;

/** The people whose number on file does not get messages any more, since its holder said that it is not theirs. */
export async function listSilencedPeople(db: Db): Promise<SilencedPerson[]> {
	return (await listSilenced(db, MOST)).map((one) => ({ ...one, phone: maskPhone(one.phone) }));
}

/** Whether messages to a number are held back; asked when one is handed over. */
export async function isNumberSilenced(db: DbOrTrx, phone: string): Promise<boolean> {
	return (await findSilencedAt(db, phone)) !== undefined;
}

/** Since when the number on file of a person is silenced; undefined where it is not. */
export async function findSilenceOf(db: DbOrTrx, cardholderId: string): Promise<Date | undefined> {
	const phone = await findPhone(db, cardholderId);
	return phone === undefined ? undefined : findSilencedAt(db, phone);
}

/** Lets messages go to a person's number on file again, once support knows that it is theirs. False where it was not silenced. */
export async function liftSilence(
	trx: Trx,
	{ cardholderId, actor }: { cardholderId: string; actor: Actor },
): Promise<boolean> {
	const phone = await findPhone(trx, cardholderId);
	if (phone === undefined) return false;
	const by = actor.id === null ? actor.kind : `${actor.kind}:${actor.id}`;
	const lifted = await liftPhone(trx, phone, { at: now(), by });
	if (!lifted) return false;
	await appendAudit(trx, {
		actor,
		action: 'number.silence_lifted',
		subjectKind: 'cardholder',
		subjectId: cardholderId,
		cardholderId,
	});
	return true;
}
