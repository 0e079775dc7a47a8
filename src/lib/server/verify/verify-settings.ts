import type { Db } from '#lib/server/db/connect.ts';
import { readChecksFor } from '#lib/server/review/checklist-rules.ts';
import { readDeclineTemplates } from '#lib/server/review/decline-rules.ts';
import type { Breach } from '#lib/server/verify/verify.repository.ts';

/** What the desk reads with every case; a bank that edits one can ask here whether it still makes sense. */
const READERS: Readonly<Record<string, (db: Db) => Promise<unknown>>> = {
	checks: (db) => readChecksFor(db, null),
	decline_letters: readDeclineTemplates,
};

/** Looks whether the settings that the bank writes for its desk can be read; names each that cannot, and why. */
export async function* verifySettings(db: Db): AsyncGenerator<Breach> {
	for (const [key, read] of Object.entries(READERS)) {
		try {
			await read(db);
		} catch (error) {
			const why = error instanceof Error ? error.message : String(error);
			yield { promise: 'what the bank wrote for its desk makes sense', record: `setting ${key}: ${why}` };
		}
	}
}
