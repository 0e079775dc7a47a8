import { parseArgs } from 'node:util';

/** What a bench is told on its command line: `--accounts N`, `--rounds N`, and `--seconds N` of what is kept up for long. */
interface BenchFlags {
	readonly accounts: number;
	readonly rounds: number;
	readonly seconds: number;
}

/** Reads the flags; what is not told is `otherwise`, 100,000 accounts, five rounds and two minutes. */
export function benchFlags(otherwise: Partial<BenchFlags> = {}): BenchFlags {
	const { accounts = 100_000, rounds = 5, seconds = 120 } = otherwise;
	const { values } = parseArgs({
		options: {
			accounts: { type: 'string', default: String(accounts) },
			rounds: { type: 'string', default: String(rounds) },
			seconds: { type: 'string', default: String(seconds) },
		},
	});
	const told = { accounts: Number(values.accounts), rounds: Number(values.rounds), seconds: Number(values.seconds) };
	if (Object.values(told).some((value) => !Number.isInteger(value) || value < 1)) {
		throw new Error('--accounts, --rounds and --seconds take a whole number above nought');
	}
	return told;
}
