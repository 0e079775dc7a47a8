import { type Command, InvalidArgumentError } from 'commander';
import { type Day, isDay } from '#lib/domain/day.ts';
import { today } from '#lib/server/clock.ts';
import { typedPath } from '../terminal.ts';
import { withDatabase } from '../with-database.ts';
import { owedByAll } from './owed-all.ts';
import { owedByAccount } from './owed-account.ts';
import { owedInCases } from './owed-cases.ts';

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
		.option('--as-of <DAY>', "the day (YYYY-MM-DD); the bank's today where it is left out", readDay)
		.option('--json', 'with --account: as JSON')
		.option('--out <FILE.csv>', 'with --all: where the lines go')
		.option('--policies <FILE.json>', 'with --cases: the policies that the cases name; cn-standard is known without')
		.action((options: Options, command: Command) => {
			const misuse = misuseOf(options);
			if (misuse !== undefined) command.error(`error: ${misuse}`);
			return run(options);
		});
}

function readDay(text: string): Day {
	if (!isDay(text)) throw new InvalidArgumentError('It is not a day YYYY-MM-DD.');
	return text;
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

async function run({ account, cases, asOf, json, out = '', policies }: Options): Promise<void> {
	if (cases !== undefined)
		return owedInCases(typedPath(cases), policies === undefined ? undefined : typedPath(policies));
	await withDatabase((db) => {
		const day = asOf ?? today();
		if (account !== undefined) return owedByAccount(db, { accountId: account, asOf: day, json: json === true });
		return owedByAll(db, { asOf: day, path: typedPath(out) });
	});
}
