import { parseArgs } from 'node:util';

/** What a bench is told on its command line: `--accounts N` and `--rounds N`. */
interface BenchFlags {
	readonly accounts: number;
	readonly rounds: number;
}

/** Reads the flags; what is not told is `otherwise`, 100,000 accounts and five rounds. */
export function benchFlags(otherwise: BenchFlags = { accounts: 100_000, rounds: 5 }): BenchFlags {
	const { values } = parseArgs({
		options: {
			accounts: { type: 'string', default: String(otherwise.accounts) },
			rounds: { type: 'string', default: String(otherwise.rounds) },
		},
	});
	const [accounts, rounds] = [Number(values.accounts), Number(values.rounds)];
	if (!Number.isInteger(accounts) || accounts < 1 || !Number.isInteger(rounds) || rounds < 1) {
		throw new Error('--accounts and --rounds take a whole number above nought');
	}
	return { accounts, rounds };
}
