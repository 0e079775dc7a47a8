import { parseArgs } from 'node:util';

/** What a bench is told on its command line: `--accounts N` (100,000 unless told) and `--rounds N` (five). */
export function benchFlags(): { readonly accounts: number; readonly rounds: number } {
	const { values } = parseArgs({
		options: { accounts: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '5' } },
	});
	const [accounts, rounds] = [Number(values.accounts), Number(values.rounds)];
	if (!Number.isInteger(accounts) || accounts < 1 || !Number.isInteger(rounds) || rounds < 1) {
		throw new Error('--accounts and --rounds take a whole number above nought');
	}
	return { accounts, rounds };
}
