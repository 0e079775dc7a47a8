import type { SaidToCaller } from '#lib/domain/access/caller-sentence.ts';
import { maskPhone } from '#lib/domain/access/phone.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import { listAccountsOf } from '#lib/server/account/account-state.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import { findWaitingChange, type WaitingChange } from '#lib/server/contact-number/read-number-change.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { listAccessTrail } from '#lib/server/support/access-trail.ts';
import { sayToCaller } from '#lib/server/support/caller-state.ts';
import { findPersonById } from '#lib/server/support/person.repository.ts';
import { listPreflights, type Preflight } from '#lib/server/support/preflight.ts';
import type { TrailStep } from '#lib/server/support/trail-step.ts';
import { readUnlock, type UnlockState } from '#lib/server/support/unlock-caller.ts';

/** A cardholder as support sees them: no amount, no document, no token, no code, no whole number. */
export interface SupportedPerson {
	readonly cardholderId: string;
	readonly name: string;
	readonly phone: string;
	readonly locale: string;
	/** The zone in which contact hours count. */
	readonly timeZone: string;
	readonly at: Date;
	/** What to read to them. */
	readonly say: SaidToCaller;
	readonly accounts: readonly Preflight[];
	readonly trail: readonly TrailStep[];
	readonly change: WaitingChange | undefined;
	readonly unlock: UnlockState;
}

/** The person with this customer id, for a named member of the staff; the look is written into the audit log. */
export async function findPerson(
	db: Db,
	{ cardholderId, staffId }: { cardholderId: string; staffId: string },
): Promise<SupportedPerson | undefined> {
	// An address can hold what no id can, and no database takes.
	const person = plainText(cardholderId) === cardholderId ? await findPersonById(db, cardholderId) : undefined;
	if (!person) return undefined;
	const at = now();
	await auditLook(db, { cardholderId, staffId });
	const { name, locale, phone } = person;
	const accounts = await listPreflights(db, person, at);
	return {
		cardholderId,
		name,
		phone: maskPhone(phone),
		locale,
		timeZone: person.timeZone ?? env().bankTimeZone,
		at,
		say: await sayToCaller(db, { cardholderId, staffId, hasAccount: accounts.length > 0 }, at),
		accounts,
		trail: await listAccessTrail(db, cardholderId, at),
		change: await findWaitingChange(db, { cardholderId, staffId }),
		unlock: await readUnlock(db, cardholderId, at),
	};
}

/** The account that a form names, by its place in the person's list and its card; undefined where they do not fit. */
export async function findNamedAccount(
	db: Db,
	{ cardholderId, account, cardLast4 }: { cardholderId: string; account: number; cardLast4: string },
): Promise<string | undefined> {
	const named = (await listAccountsOf(db, cardholderId))[account];
	return named?.cardLast4 === cardLast4 ? named.accountId : undefined;
}

async function auditLook(db: Db, { cardholderId, staffId }: { cardholderId: string; staffId: string }): Promise<void> {
	await db.transaction().execute((trx) =>
		appendAudit(trx, {
			actor: { kind: 'staff', id: staffId },
			action: 'support.viewed',
			subjectKind: 'cardholder',
			subjectId: cardholderId,
			cardholderId,
		}),
	);
}
