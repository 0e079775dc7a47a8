import { isKept } from '#lib/domain/agreement/agreement-status.ts';
import { standing } from '#lib/domain/agreement/standing.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import type { Owner } from '#lib/server/agreement/agreement.repository.ts';
import { lockKeptPlan, selectCalendarSeed, selectFeed } from '#lib/server/agreement/calendar.repository.ts';
import { updateCalendarSeed } from '#lib/server/agreement/document.repository.ts';
import { selectEvents, selectOwnSigned, type SignedRow } from '#lib/server/agreement/keeping.repository.ts';
import { getSignedPlan } from '#lib/server/agreement/standing-plan.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { calendarToken } from '#lib/server/crypto/calendar-token.ts';
import { randomSeed } from '#lib/server/crypto/random-token.ts';
import { sha256Hex } from '#lib/server/crypto/sha256.ts';
import type { Db, DbOrTrx } from '#lib/server/db/connect.ts';

/** The days of a plan that are still to be kept, for a calendar. */
export interface PlanCalendar {
	readonly currency: string;
	readonly reference: string;
	readonly days: readonly {
		/** The same for as long as there is the plan, and tells nothing of it. */
		readonly uid: string;
		readonly number: number;
		readonly on: Day;
		readonly left: Minor;
	}[];
	/** Counts up with every change, and when the last one was. */
	readonly sequence: number;
	readonly changedAt: Date;
}

/** The feed behind an address, in its holder's language; undefined for an address that is not one, or is no more. */
export async function findCalendarFeed(
	db: DbOrTrx,
	{ token, today }: { token: string; today: Day },
): Promise<(PlanCalendar & { readonly locale: string }) | undefined> {
	const feed = await selectFeed(db, token);
	const agreement = feed && (await selectOwnSigned(db, feed.owner));
	if (!agreement || agreement.id !== feed.agreementId) return undefined;
	return { ...(await calendarOf(db, agreement, today)), locale: feed.locale };
}

/** The owner's own calendar; undefined where no plan of theirs is kept. */
export async function findOwnCalendar(
	db: DbOrTrx,
	{ owner, today }: { owner: Owner; today: Day },
): Promise<PlanCalendar | undefined> {
	const agreement = await selectOwnSigned(db, owner);
	return agreement && isKept(agreement.status) ? calendarOf(db, agreement, today) : undefined;
}

async function calendarOf(db: DbOrTrx, agreement: SignedRow, today: Day): Promise<PlanCalendar> {
	const { quote, plan, payments } = await getSignedPlan(db, agreement);
	const events = await selectEvents(db, agreement.id);
	const { instalments } = standing(plan, payments, today);
	const unpaid = isKept(agreement.status) ? instalments.filter(({ left }) => left > 0) : [];
	const settled = instalments.length - unpaid.length;
	return {
		currency: quote.plan.currency,
		reference: agreement.reference,
		days: unpaid.map(({ number, dueOn, left }) => ({
			uid: sha256Hex(`${agreement.id} ${String(number)}`).slice(0, 32),
			number,
			on: dueOn,
			left,
		})),
		sequence: events.length + settled,
		changedAt: events.at(-1)?.at ?? agreement.signedAt,
	};
}

/** The secret of the owner's feed; undefined where there is no plan that is kept, or no address was made. */
export async function findCalendarToken(db: DbOrTrx, owner: Owner): Promise<string | undefined> {
	const agreement = await selectOwnSigned(db, owner);
	const seed = agreement && isKept(agreement.status) ? await selectCalendarSeed(db, agreement) : undefined;
	return seed && calendarToken(seed);
}

/** Gives the owner's feed another address; the old one is none from then on. */
export async function renewCalendar(
	db: Db,
	owner: Owner,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly refusal: 'no_plan' }> {
	return db.transaction().execute(async (trx) => {
		const agreementId = await lockKeptPlan(trx, owner);
		if (agreementId === undefined) return { ok: false, refusal: 'no_plan' };
		await updateCalendarSeed(trx, agreementId, randomSeed());
		await appendAudit(trx, {
			actor: { kind: 'cardholder', id: owner.cardholderId },
			action: 'agreement.calendar_renewed',
			subjectKind: 'agreement',
			subjectId: agreementId,
			cardholderId: owner.cardholderId,
		});
		return { ok: true };
	});
}
