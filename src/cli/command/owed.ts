import type { Command } from 'commander';
import type { Day } from '#lib/domain/day.ts';
import { typedPath } from '../terminal.ts';
import { typedDay } from '../typed-day.ts';

interface Options {
	readonly account?: string;
	readonly all?: true;
	readonly cases?: string;
	readonly asOf?: Day;
	readonly json?: true;
	readonly out?: string;
	readonly policies?: string;
}

export function addOwed(program: Command): void {
	program
		.command('owed')
		.description('what accounts owe, to the minor unit')
		.option('--account <ID>', 'one account, with the lines behind its figures')
		.option('--all', 'every account, ordered by account, into the file of --out')
		.option('--cases <FILE.jsonl>', 'no database: one case a line, as in examples/owed.jsonl')
		.option('--as-of <DAY>', "the day (YYYY-MM-DD); the bank's today where it is left out", typedDay)
		.option('--json', 'with --account: as JSON')
		.option('--out <FILE.csv>', 'with --all: where the lines go')
		.option('--policies <FILE.json>', 'with --cases: the policies that the cases name; cn-standard is known without')
		.addHelpText(
			'after',
			'\nWith --all, an account that is being checked is told on standard error and has no line: the file is whole\n' +
				'and right for all the others, and the exit code 1 says that somebody must look.',
		)
		.action((options: Options, command: Command) => {
			const misuse = misuseOf(options);
			if (misuse !== undefined) command.error(`error: ${misuse}`);
			return run(options);
		});
}

/** What does not go together; a case brings its own day. */
function misuseOf({ account, all, cases, asOf, json, out, policies }: Options): string | undefined {
	if ([account, all, cases].filter((given) => given !== undefined).length !== 1) {
		return 'give one of --account, --all and --cases';
	}
	if (all && out === undefined) return '--all needs --out';
	if (!all && out !== undefined) return '--out goes with --all';
	if (account === undefined && json) return '--json goes with --account';
	if (cases === undefined && policies !== undefined) return '--policies goes with --cases';
	if (cases !== undefined && asOf !== undefined)
		return 'each case names its own day, so --as-of does not go with --cases';
	return undefined;
}

/** Cases need neither a database nor what reaches one, so that is loaded only where it is used. */
async function run({ account, cases, asOf, json, out = '', policies }: Options): Promise<void> {
	if (cases !== undefined) {
		const { owedInCases } = await import('./owed-cases.ts');
		return owedInCases(typedPath(cases), policies === undefined ? undefined : typedPath(policies));
	}
	const { withDatabase } = await import('../with-database.ts');
	const { today } = await import('#lib/server/clock.ts');
	await withDatabase(async (db) => {
		const day = asOf ?? today();
		if (account === undefined) {
			const { owedByAll } = await import('./owed-all.ts');
			return owedByAll({ asOf: day, path: typedPath(out) });
		}
		const { owedByAccount } = await import('./owed-account.ts');
		return owedByAccount(db, { accountId: account, asOf: day, json: json === true });
	});
}
