import type { LeftFor } from '#lib/domain/review/note.ts';
import { moveApplication } from '#lib/server/application/move-application.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { insertNote, saveLease } from '#lib/server/review/review.repository.ts';

/**
 * Takes a case that the caller has locked out of the hands in which it is, with a note of staff for whoever takes it next; it waits
 * again at the place it had. Says whether its status let it.
 */
export async function returnToQueue(
	trx: Trx,
	note: { applicationId: string; staffId: string; leftFor: LeftFor; body: string; at: Date },
): ReturnType<typeof moveApplication> {
	const { applicationId, staffId, at } = note;
	await saveLease(trx, { applicationId, until: null });
	await insertNote(trx, note);
	return moveApplication(trx, { applicationId, to: 'submitted', at, actor: { kind: 'staff', id: staffId } });
}
