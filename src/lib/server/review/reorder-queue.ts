import { type Actor, appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { lockOpenAfter, savePlace } from '#lib/server/review/place.repository.ts';
import { readPlacing } from '#lib/server/review/queue-rules.ts';

const FIRST = '00000000-0000-0000-0000-000000000000';

/** So many are locked at once: taking from the queue goes on meanwhile. */
const MOST = 500;

/**
 * Puts everything that is open in the queue where it belongs by the policy as it is now, whoever has it in hand. Again is
 * harmless; a run that breaks off is done again.
 */
export async function reorderQueue(db: Db, { actor }: { actor: Actor }): Promise<{ open: number; moved: number }> {
	let [open, moved, after] = [0, 0, FIRST];
	for (;;) {
		const some = await db.transaction().execute(async (trx) => {
			const place = await readPlacing(trx);
			const rows = await lockOpenAfter(trx, { after, most: MOST });
			let changed = 0;
			for (const { queuedAt, waitedMs, objectionDueAt, ...facts } of rows) {
				const placed = place(facts, queuedAt);
				// An objection is answered by the day that its cardholder was told; of others, what was waited for stays added.
				const dueAt = objectionDueAt ?? new Date(placed.dueAt.getTime() + waitedMs);
				if (await savePlace(trx, { ...placed, dueAt })) changed += 1;
			}
			return { count: rows.length, last: rows.at(-1)?.applicationId, changed };
		});
		open += some.count;
		moved += some.changed;
		if (some.last === undefined) break;
		after = some.last;
	}
	const detail = { open, moved };
	await db
		.transaction()
		.execute((trx) =>
			appendAudit(trx, { actor, action: 'queue.reordered', subjectKind: 'setting', subjectId: 'queue', detail }),
		);
	return { open, moved };
}
