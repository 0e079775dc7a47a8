import { sealHash } from '#lib/server/audit/chain.ts';
import {
	findHead,
	type Head,
	listAuditTexts,
	listSeals,
	listStrayRows,
	type Seal,
} from '#lib/server/audit/seal.repository.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** What of the audit log is not as it was written: a row that was changed, taken out or put in, or a link of the chain. */
export interface AuditFault {
	readonly fault:
		'row_changed' | 'row_gone' | 'row_unsealed' | 'row_sealed_twice' | 'link_broken' | 'chain_cut' | 'anchor_lost';
	readonly record: string;
}

/** An end of the chain as it was written down elsewhere. */
export type AuditAnchor = Head;

const PAGE = 20;
const EMPTY = Buffer.alloc(0);

/**
 * Walks the whole chain and yields every fault. An anchor is an end of the chain that was written down elsewhere: where it is
 * given, a chain that was made anew from before it is found too.
 */
export async function* verifyAudit(db: DbOrTrx, anchor?: AuditAnchor): AsyncGenerator<AuditFault> {
	let last: Head = { number: 0, hash: EMPTY };
	let isAnchored = anchor === undefined;
	for (;;) {
		const seals = await listSeals(db, last.number, PAGE);
		for (const seal of seals) {
			yield* verifySeal(db, seal, last);
			isAnchored ||= seal.number === anchor?.number && seal.hash.equals(anchor.hash);
			last = seal;
		}
		if (seals.length < PAGE) break;
	}
	const head = await findHead(db);
	if (head.number !== last.number || !head.hash.equals(last.hash)) {
		yield { fault: 'chain_cut', record: `audit chain after link ${String(last.number)}` };
	}
	if (!isAnchored) yield { fault: 'anchor_lost', record: `audit chain at link ${String(anchor?.number)}` };
	for (const { id, fault } of await listStrayRows(db)) {
		yield { fault: fault === 'twice' ? 'row_sealed_twice' : 'row_unsealed', record: `audit row ${String(id)}` };
	}
}

/** The end of the chain now, to be written down elsewhere; number 0 before the first seal. */
export async function readAuditHead(db: DbOrTrx): Promise<AuditAnchor> {
	return findHead(db);
}

async function* verifySeal(db: DbOrTrx, seal: Seal, previous: Head): AsyncGenerator<AuditFault> {
	const { number, auditIds, rowHashes, hash } = seal;
	const isNext = number === previous.number + 1;
	if (!isNext || !hash.equals(sealHash({ previous: previous.hash, number, auditIds, rowHashes }))) {
		yield { fault: 'link_broken', record: `link ${String(number)} of the audit chain` };
	}
	const texts = await listAuditTexts(db, auditIds);
	for (const [place, id] of auditIds.entries()) {
		const text = texts.get(id);
		const record = `audit row ${String(id)}`;
		if (text === undefined) yield { fault: 'row_gone', record };
		else if (!rowHashes[place]?.equals(sha256(text))) yield { fault: 'row_changed', record };
	}
}
