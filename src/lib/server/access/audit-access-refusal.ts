import type { Who } from '#lib/domain/access/permission.ts';
import { minuteOf } from '#lib/domain/access/throttle.ts';
import { noteOnce } from '#lib/server/access/throttle.repository.ts';
import { hashForLimits } from '#lib/server/access/throttle.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';

/**
 * Writes into the audit log that somebody who is signed in asked for what is not for them: the route's id, never the address;
 * each at most once a minute for a person and a route.
 */
export async function auditAccessRefusal(
	db: Db,
	{ person, role, route }: { person: { kind: 'cardholder' | 'staff'; id: string }; role: Who; route: string },
): Promise<void> {
	const key = `access:${hashForLimits(`${person.kind} ${person.id} ${route}`).toString('base64url')}`;
	await db.transaction().execute(async (trx) => {
		if (!(await noteOnce(trx, key, minuteOf(now())))) return;
		await appendAudit(trx, {
			actor: person,
			action: 'access.refused',
			subjectKind: 'route',
			subjectId: route,
			cardholderId: person.kind === 'cardholder' ? person.id : null,
			detail: { role },
		});
	});
}
