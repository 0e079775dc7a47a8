import type { Command } from 'commander';
import type { Db } from '#lib/server/db/connect.ts';
import type { FileReport } from '#lib/server/import/import-file.ts';
import { importFolder } from '#lib/server/import/import-folder.ts';
import { print, progress, refuse, typedPath } from '../terminal.ts';
import { withDatabase } from '../with-database.ts';

export function addImport(program: Command): void {
	program
		.command('import')
		.description("load the core's policies.json, customers.csv, accounts.csv, statements.csv and postings.csv")
		.argument('<DIR>', 'the folder in which they lie; those that are there are loaded, and again is harmless')
		.addHelpText('after', '\nBad rows are told in DIR/rejected.csv, the rest is loaded; a bad file is refused whole.')
		.action((directory: string) => withDatabase((db) => run(db, typedPath(directory))));
}

const REFUSALS = {
	no_such_folder: 'there is no such folder',
	nothing_to_import: 'holds none of policies.json, customers.csv, accounts.csv, statements.csv, postings.csv',
	folder_not_writable: 'rejected.csv cannot be written there, so nothing was loaded',
} as const;

async function run(db: Db, directory: string): Promise<void> {
	const bar = progress();
	const outcome = await importFolder(db, {
		directory,
		actor: { kind: 'command', id: null },
		onProgress: (file, bytes, total) => {
			bar.show(`${file} ${String(Math.floor((100 * bytes) / Math.max(1, total)))} %`);
		},
	});
	bar.end();
	if (!outcome.ok) return refuse(`${directory}: ${REFUSALS[outcome.refusal]}`);
	for (const report of outcome.files) await tell(report, directory, outcome.rejectedPath);
}

async function tell(report: FileReport, directory: string, rejectedPath: string): Promise<void> {
	const { file } = report;
	if (!report.ok)
		return refuse(`${directory}/${file} line ${String(report.line)}: ${report.reason}; nothing of it was loaded`);
	const { rows, added, changed, unchanged, refused } = report;
	const counts = Object.entries({ rows, added, changed, unchanged, refused }).map(
		([name, count]) => `${String(count)} ${name}`,
	);
	await print(`${file}: ${counts.join(', ')}\n`);
	if (refused > 0) refuse(`${directory}/${file}: ${String(refused)} rows refused, see ${rejectedPath}`);
}
