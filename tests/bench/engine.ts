/** The engine alone, on one core: how many accounts of about twelve postings it reckons in a second. */
import { isPostingKind, type AccountHistory } from '#lib/domain/account/history.ts';
import { owed } from '#lib/domain/account/owed.ts';
import { policyBook } from '#lib/domain/account/policy-book.ts';
import { currencyOf } from '#lib/domain/money.ts';
import policies from '../examples/policies.json' with { type: 'json' };
import { BENCH_DAY, makeAccount } from '../support/bench/account.ts';
import { benchFlags } from '../support/bench/flags.ts';
import { median } from '../support/bench/rounds.ts';

const { accounts, rounds } = benchFlags();
const CNY = currencyOf('CNY');
const found = policyBook(policies)?.timelineOf('cn-standard', CNY);
if (!found?.ok) throw new Error('cn-standard is not among the examples');
const { timeline } = found;

/** As many as fit the caches of a run over a book, reckoned again and again. */
const histories = Array.from({ length: Math.min(accounts, 2000) }, (_, index) => readAccount(index));
const postings = histories.reduce((sum, history) => sum + history.postings.length, 0) / histories.length;

const rates: number[] = [];
for (let round = 0; round <= rounds; round++) {
	const rate = reckon(accounts);
	// The first round warms the compiler up.
	if (round === 0) continue;
	rates.push(rate);
	console.log(`  round ${String(round)}: ${thousands(rate)} accounts/s`);
}
console.log(`  median ${thousands(median(rates))} accounts/s of ${postings.toFixed(1)} postings (aim: 200 000)`);

function reckon(times: number): number {
	const before = process.cpuUsage();
	let total = 0;
	for (let n = 0; n < times; n++) {
		const history = histories[n % histories.length];
		if (history) total += owed(history, timeline, BENCH_DAY).totalOutstanding;
	}
	const { user, system } = process.cpuUsage(before);
	if (total === 0) throw new Error('nothing is owed');
	return (times / (user + system)) * 1_000_000;
}

function readAccount(index: number): AccountHistory {
	const files = makeAccount(index, { changed: false, inMinorUnits: true });
	const rows = (text: string) =>
		text
			.trimEnd()
			.split('\n')
			.map((line) => line.split(','));
	return {
		currency: CNY,
		statements: rows(files['statements.csv']).map(([, statementDate = '', dueDate = '', balance, minimum]) => ({
			statementDate,
			dueDate,
			statementBalance: Number(balance),
			minimumPaymentDue: Number(minimum),
		})),
		postings: rows(files['postings.csv']).map(([, , postedOn = '', kind, amount]) => {
			if (!isPostingKind(kind)) throw new Error(`unknown kind ${String(kind)}`);
			return { postedOn, kind, amount: Number(amount) };
		}),
	};
}

function thousands(value: number): string {
	return Math.round(value).toLocaleString('en').replaceAll(',', ' ');
}
