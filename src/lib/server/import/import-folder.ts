import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Actor, appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { CORE_FILES, importCoreFiles, missingFile } from '#lib/server/import/import-core-files.ts';
import type { FileReport } from '#lib/server/import/import-file.ts';
import { importPolicies } from '#lib/server/import/import-policies.ts';
import { analyseCoreTables, finishImportRun, insertImportRun } from '#lib/server/import/import-run.repository.ts';
import { doubtNewPostings, readPostingMark } from '#lib/server/import/rejection.repository.ts';
import { RejectedFile } from '#lib/server/import/rejected-file.ts';
import { oneImportAtATime } from '#lib/server/import/stage.repository.ts';

const POLICIES = 'policies.json';

export interface ImportRequest {
	readonly directory: string;
	readonly actor: Actor;
	/** Told as the reading goes on; `total` is the file's size. */
	readonly onProgress?: (file: string, bytes: number, total: number) => void;
}

export type ImportOutcome =
	| {
			readonly ok: true;
			readonly importRunId: string;
			readonly files: readonly FileReport[];
			readonly rejectedPath: string;
	  }
	| { readonly ok: false; readonly refusal: 'no_such_folder' | 'nothing_to_import' | 'folder_not_writable' };

/**
 * Loads the core's files that lie in a folder, each in a transaction of its own, and records the run. Bad rows are
 * refused one by one into the folder's `rejected.csv`, which is written afresh; a bad file is refused whole. Loading the
 * same files again changes nothing.
 */
export async function importFolder(db: Db, { directory, actor, onProgress }: ImportRequest): Promise<ImportOutcome> {
	if (!(await stat(directory).catch(() => undefined))?.isDirectory()) return { ok: false, refusal: 'no_such_folder' };
	const sizes = new Map<string, number>();
	for (const name of [POLICIES, ...CORE_FILES.map((file) => file.name)]) {
		const found = await stat(join(directory, name)).catch(() => undefined);
		if (found?.isFile()) sizes.set(name, found.size);
	}
	if (sizes.size === 0) return { ok: false, refusal: 'nothing_to_import' };
	const rejected = await RejectedFile.open(directory).catch(() => undefined);
	if (!rejected) return { ok: false, refusal: 'folder_not_writable' };

	try {
		return await oneImportAtATime(db, async () => {
			const importRunId = await insertImportRun(db, now());
			const files: FileReport[] = [];
			if (sizes.has(POLICIES)) files.push(await importPolicies(db, join(directory, POLICIES), rejected));
			const mark = await readPostingMark(db);
			files.push(...(await importCoreFiles(db, { importRunId, directory, sizes, rejected, onProgress })));
			const missing = missingFile(files, 'statements.csv', importRunId);
			if (missing) await doubtNewPostings(db, missing, mark);
			await rejected.finish();
			await recordRun(db, importRunId, files, actor);
			await analyseCoreTables(db);
			return { ok: true, importRunId, files, rejectedPath: rejected.path };
		});
	} catch (error) {
		await rejected.abandon();
		throw error;
	}
}

async function recordRun(db: Db, id: string, files: readonly FileReport[], actor: Actor): Promise<void> {
	const outcome = files.some(({ ok }) => ok) ? 'loaded' : 'refused';
	const counts = Object.fromEntries(files.map(({ file, ...report }) => [file, report]));
	const refusedFiles = files.filter(({ ok }) => !ok).map(({ file }) => file);
	const sum = (count: 'added' | 'changed' | 'refused') =>
		files.reduce((total, report) => total + (report.ok ? report[count] : 0), 0);
	await db.transaction().execute(async (trx) => {
		await finishImportRun(trx, { id, finishedAt: now(), outcome, counts });
		await appendAudit(trx, {
			actor,
			action: 'import.finished',
			subjectKind: 'import_run',
			subjectId: id,
			detail: {
				outcome,
				added: sum('added'),
				changed: sum('changed'),
				refusedRows: sum('refused'),
				refusedFiles: refusedFiles.join(' '),
			},
		});
	});
}
