import { sealHash } from '#lib/server/audit/chain.ts';
import { findHead, insertSeal, takeUnsealed, tryLockChain } from '#lib/server/audit/seal.repository.ts';
import { now } from '#lib/server/clock.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** So many rows of the audit log make one link of the chain at most. */
const BATCH = 1_000;

/**
 * Seals every row of the audit log that is not sealed yet into the hash chain, batch by batch, and returns how many. Of many
 * processes at once one does it; the others have nothing to do.
 */
export async function sealAudit(db: Db): Promise<number> {
	let sealed = 0;
	for (;;) {
		const batch = await sealBatch(db);
		sealed += batch;
		if (batch < BATCH) return sealed;
	}
}

async function sealBatch(db: Db): Promise<number> {
	return db.transaction().execute(async (trx) => {
		if (!(await tryLockChain(trx))) return 0;
		const rows = await takeUnsealed(trx, BATCH);
		if (rows.length === 0) return 0;
		const head = await findHead(trx);
		const number = head.number + 1;
		const auditIds = rows.map(({ id }) => id);
		const rowHashes = rows.map(({ text }) => sha256(text));
		const hash = sealHash({ previous: head.hash, number, auditIds, rowHashes });
		await insertSeal(trx, { number, auditIds, rowHashes, hash }, now());
		return rows.length;
	});
}
