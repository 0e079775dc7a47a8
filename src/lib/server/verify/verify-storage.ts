import type { Db } from '#lib/server/db/connect.ts';
import { checkStorage } from '#lib/server/evidence/check-storage.ts';
import type { EvidenceStorage } from '#lib/server/evidence/storage.ts';
import type { Breach } from '#lib/server/verify/verify.repository.ts';

/** Looks for every promise about stored evidence that is not kept. Changes nothing, and opens nothing. */
export async function* verifyStorage(db: Db, storage: EvidenceStorage): AsyncGenerator<Breach> {
	for await (const { fault, of } of checkStorage(db, storage)) {
		if (fault === 'erased_still_there') {
			yield { promise: 'no bytes of an erased page are kept', record: `stored file ${of}` };
		} else yield { promise: 'a page that can be looked at has its bytes', record: `evidence ${of}` };
	}
}
