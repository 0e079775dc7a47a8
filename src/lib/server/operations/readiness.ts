import type { Db } from '#lib/server/db/connect.ts';
import { listAppliedMigrations } from '#lib/server/operations/operations.repository.ts';

/**
 * Whether this process can serve: the database answers, and has had every migration that this version needs. A scanner, a
 * store or a gateway that is away makes files and messages wait; turning all visitors away would help nobody.
 */
export async function isReady(db: Db, needed: readonly string[]): Promise<boolean> {
	try {
		const applied = new Set(await listAppliedMigrations(db));
		return needed.every((name) => applied.has(name));
	} catch {
		return false;
	}
}
