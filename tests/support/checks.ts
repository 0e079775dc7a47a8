import { marksOf } from '#lib/domain/review/checklist.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { findReason } from '#lib/server/application/read-application.ts';
import { readChecksFor } from '#lib/server/review/checklist-rules.ts';

/** What the portal comes with as the bank's list of checks. */
export const CHECKS = ['identity', 'evidence', 'budget', 'need', 'earlier_agreements', 'disputes'] as const;

/** The marks of the list that an agent's page would show for an application now. */
export async function checksSeen(db: Db, applicationId: string): Promise<string> {
	return marksOf(await readChecksFor(db, await findReason(db, applicationId)));
}

/** Writes a setting of the bank's, as its administrator would with SQL; returns how to put back what stood there. */
export async function writeSetting(owner: Db, key: string, value: object): Promise<() => Promise<void>> {
	const before = await owner.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirstOrThrow();
	const write = async (to: object) => {
		await owner
			.updateTable('setting')
			.set({ value: JSON.stringify(to) })
			.where('key', '=', key)
			.execute();
	};
	await write(value);
	return () => write(before.value);
}
