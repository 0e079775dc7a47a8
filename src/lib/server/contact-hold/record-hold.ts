import type { HoldKind } from '#lib/domain/contact/hold.ts';
import type { Day } from '#lib/domain/day.ts';
import { type Actor, appendAudit } from '#lib/server/audit/append-audit.ts';
import { type HoldRow, insertHold, saveHoldEnd } from '#lib/server/contact-hold/hold.repository.ts';
import type { Trx } from '#lib/server/db/connect.ts';

/** Sets a hold with its audit; false where one stands. */
export async function recordHold(
	trx: Trx,
	hold: {
		accountId: string;
		cardholderId: string;
		applicationId: string;
		kind: HoldKind;
		until: Day;
		staffId: string;
		at: Date;
	},
): Promise<boolean> {
	const id = await insertHold(trx, hold);
	if (id === undefined) return false;
	const { kind, until } = hold;
	await audit(trx, 'contact_hold.set', { ...hold, id }, { kind: 'staff', id: hold.staffId }, { kind, until });
	return true;
}

/** Ends a hold, by somebody or (`by: null`) because its day is over. */
export async function endHold(trx: Trx, hold: HoldRow, { by, at }: { by: string | null; at: Date }): Promise<void> {
	await saveHoldEnd(trx, { holdId: hold.id, by, at });
	await audit(
		trx,
		'contact_hold.ended',
		hold,
		by === null ? { kind: 'system', id: null } : { kind: 'staff', id: by },
		{},
	);
}

async function audit(
	trx: Trx,
	action: string,
	{ id, applicationId, cardholderId }: { id: string; applicationId: string; cardholderId: string },
	actor: Actor,
	detail: object,
): Promise<void> {
	const about = { subjectKind: 'application', subjectId: applicationId, cardholderId };
	await appendAudit(trx, { actor, action, ...about, detail: { holdId: id, ...detail } });
}
