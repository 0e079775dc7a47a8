import type { Db, Trx } from '#lib/server/db/connect.ts';
import { FileFault } from '#lib/server/import/file-fault.ts';
import type { FileReport } from '#lib/server/import/import-file.ts';
import { type PolicyVersionGiven, readPolicies } from '#lib/server/import/policies-file.ts';
import { takePolicy } from '#lib/server/import/policy.repository.ts';
import type { RejectedFile } from '#lib/server/import/rejected-file.ts';

const FILE = 'policies.json';

/** Takes `policies.json` in one transaction: every policy of it, or none. */
export async function importPolicies(db: Db, path: string, rejected: RejectedFile): Promise<FileReport> {
	const read = await readPolicies(path);
	try {
		if (!read.ok) throw new FileFault(read.reason, 1);
		const counts = await db.transaction().execute((trx) => takeAll(trx, read.policies));
		return { file: FILE, ok: true, rows: read.policies.length, refused: 0, ...counts };
	} catch (error) {
		if (!(error instanceof FileFault)) throw error;
		await rejected.write(FILE, error.line, error.message, '');
		return { file: FILE, ok: false, line: error.line, reason: error.message };
	}
}

async function takeAll(trx: Trx, policies: readonly PolicyVersionGiven[]) {
	const counts = { added: 0, changed: 0, unchanged: 0 };
	for (const policy of policies) {
		const taken = await takePolicy(trx, policy);
		if (taken === 'refused') {
			const why = 'accounts follow this version, so its terms stay; give changed terms a later effectiveOn';
			throw new FileFault(`${policy.code}: ${why}`, 1);
		}
		counts[taken]++;
	}
	return counts;
}
