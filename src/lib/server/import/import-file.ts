import type { Db, Trx } from '#lib/server/db/connect.ts';
import type { CoreFile } from '#lib/server/import/core-file.ts';
import { takeStage } from '#lib/server/import/core-tables.repository.ts';
import { FileFault } from '#lib/server/import/file-fault.ts';
import { readHeader } from '#lib/server/import/file-header.ts';
import type { RejectedFile } from '#lib/server/import/rejected-file.ts';
import {
	doubtNewStatements,
	listRefusedAfter,
	type MissingFile,
	mendRejections,
	noteRefusals,
	type RefusedLine,
} from '#lib/server/import/rejection.repository.ts';
import { countStage, fillStage } from '#lib/server/import/stage.repository.ts';
import { stagedRows } from '#lib/server/import/staged-rows.ts';

/** What became of one file. Rows that say what is known already, or repeat another, are `unchanged`. */
export type FileReport =
	| {
			readonly file: string;
			readonly ok: true;
			readonly rows: number;
			readonly added: number;
			readonly changed: number;
			readonly unchanged: number;
			readonly refused: number;
	  }
	| { readonly file: string; readonly ok: false; readonly line: number; readonly reason: string };

/** What an import of one file needs to know of its run. */
export interface FileRun {
	readonly importRunId: string;
	readonly rejected: RejectedFile;
	readonly onProgress?: ((bytes: number) => void) | undefined;
	/** Settles when the file before this one is in; what this one refers to is there only then. */
	readonly before: Promise<unknown>;
	/** Told when the file has been read. */
	readonly onStaged: () => void;
	/** For statements: the run's postings, where they were refused whole; asked when the file before is in. */
	readonly missing: () => MissingFile | undefined;
}

const PAGE = 5000;

/** Takes one file of the core's in one transaction: all its sound rows, or, where the file itself is at fault, nothing. */
export async function importFile(db: Db, file: CoreFile, path: string, run: FileRun): Promise<FileReport> {
	try {
		const header = await readHeader(file, path);
		return await db.transaction().execute(async (trx) => {
			const rows = await fillStage(trx, file.stagedColumns, stagedRows(file, header, path, run.onProgress));
			run.onStaged();
			await run.before;
			const missing = run.missing();
			if (missing) await doubtNewStatements(trx, missing);
			const { added, changed } = await takeStage(trx, file.name, header);
			const { refused } = await countStage(trx);
			await noteRefusals(trx, file.name, run.importRunId);
			await mendRejections(trx, file.name);
			if (refused > 0) await run.rejected.writeLines(file.name, path, refusedLines(trx));
			return { file: file.name, ok: true, rows, added, changed, unchanged: rows - added - changed - refused, refused };
		});
	} catch (error) {
		const fault = (error as NodeJS.ErrnoException).code === 'EACCES' ? new FileFault('cannot be read', 1) : error;
		if (!(fault instanceof FileFault)) throw error;
		await run.before;
		await run.rejected.write(file.name, fault.line, fault.message, '');
		return { file: file.name, ok: false, line: fault.line, reason: fault.message };
	}
}

async function* refusedLines(trx: Trx): AsyncGenerator<RefusedLine> {
	let line = 0;
	for (;;) {
		const page = await listRefusedAfter(trx, line, PAGE);
		yield* page;
		const last = page.at(-1);
		if (!last || page.length < PAGE) return;
		line = last.line;
	}
}
