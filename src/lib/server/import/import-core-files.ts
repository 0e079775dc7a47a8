import { join } from 'node:path';
import type { Db } from '#lib/server/db/connect.ts';
import { ACCOUNTS_FILE } from '#lib/server/import/accounts-file.ts';
import { CUSTOMERS_FILE } from '#lib/server/import/customers-file.ts';
import { type FileReport, importFile } from '#lib/server/import/import-file.ts';
import { POSTINGS_FILE } from '#lib/server/import/postings-file.ts';
import type { RejectedFile } from '#lib/server/import/rejected-file.ts';
import type { MissingFile } from '#lib/server/import/rejection.repository.ts';
import { STATEMENTS_FILE } from '#lib/server/import/statements-file.ts';

/** In this order: each refers to those before it, and statements without their postings are doubtful. */
export const CORE_FILES = [CUSTOMERS_FILE, ACCOUNTS_FILE, POSTINGS_FILE, STATEMENTS_FILE];

export interface CoreFilesRun {
	readonly importRunId: string;
	readonly directory: string;
	/** In bytes, of the files that are there. */
	readonly sizes: ReadonlyMap<string, number>;
	readonly rejected: RejectedFile;
	readonly onProgress?: ((file: string, bytes: number, total: number) => void) | undefined;
}

/**
 * Takes the files that are there, in their order. While the database brings one into its table, the next is being read: reading
 * keeps this process busy, and the bringing in a process of the database's.
 */
export async function importCoreFiles(db: Db, run: CoreFilesRun): Promise<FileReport[]> {
	const { importRunId, directory, sizes, rejected, onProgress } = run;
	const imports: Promise<FileReport>[] = [];
	const reports: FileReport[] = [];
	for (const file of CORE_FILES) {
		const total = sizes.get(file.name);
		if (total === undefined) continue;
		const staged = Promise.withResolvers<void>();
		const before = imports.at(-1) ?? Promise.resolve();
		const report = importFile(db, file, join(directory, file.name), {
			importRunId,
			rejected,
			before,
			onStaged: staged.resolve,
			onProgress: (bytes) => onProgress?.(file.name, bytes, total),
			missing: () => (file === STATEMENTS_FILE ? missingFile(reports, 'postings.csv', importRunId) : undefined),
		}).then((done) => {
			reports.push(done);
			return done;
		});
		imports.push(report);
		await Promise.race([staged.promise, report.catch(() => undefined)]);
	}
	// Where one fails, those after it give up as well; none may go on when this has ended.
	await Promise.allSettled(imports);
	return Promise.all(imports);
}

/** Postings without their statements, or the other way round, would make a wrong figure. */
export function missingFile(
	files: readonly FileReport[],
	name: MissingFile['file'],
	importRunId: string,
): MissingFile | undefined {
	const report = files.find(({ file }) => file === name);
	return report && !report.ok ? { importRunId, file: name, line: report.line } : undefined;
}
