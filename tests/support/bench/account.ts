import type { PostingKind } from '#lib/domain/account/history.ts';
import { currencyOf, formatAmount } from '#lib/domain/money.ts';
import { seededRandom } from '#lib/server/demo/random.ts';
import type { BookFile } from './book.ts';

/** The day as of which the bench's books are reckoned. */
export const BENCH_DAY = '2026-11-20';

const CYCLES = [
	{ month: '2026-08', statementDate: '2026-09-05', dueDate: '2026-09-23' },
	{ month: '2026-09', statementDate: '2026-10-05', dueDate: '2026-10-23' },
	{ month: '2026-10', statementDate: '2026-11-05', dueDate: '2026-11-23' },
] as const;

const SHOPS = ['', '', '', '超市', '地铁', '外卖', 'PHARMACY 24'] as const;

const CNY = currencyOf('CNY');

/**
 * One account's rows by file. Some pay in full, some the minimum, some nothing; the core's interest and fees are made up, so the
 * figures are plausible and no more. Changed: another phone number, another minimum, one further payment.
 */
export function makeAccount(
	index: number,
	{ changed, inMinorUnits }: { changed: boolean; inMinorUnits: boolean },
): Readonly<Record<BookFile, string>> {
	const random = seededRandom(index);
	const money = (minor: number) => (inMinorUnits ? String(minor) : formatAmount(minor, CNY));
	const id = String(20_000_000 + index);
	const habit = random.pick(['full', 'minimum', 'nothing'] as const);
	const posted: string[] = [];
	let statements = '';
	let balance = 0;
	const post = (postedOn: string, kind: PostingKind, amount: number, description = '') => {
		posted.push(`${postedOn},${kind},${money(amount)},${description}\n`);
		balance += kind === 'payment' ? -amount : amount;
	};
	for (const [order, { month, statementDate, dueDate }] of CYCLES.entries()) {
		const purchases = random.whole(2, 4);
		for (let n = 0; n < purchases; n++) {
			const kind = random.chance(5) ? 'cash_advance' : 'purchase';
			post(
				`${month}-${String(6 + n * 5 + random.whole(0, 4)).padStart(2, '0')}`,
				kind,
				random.whole(500, 400_000),
				random.pick([...SHOPS]),
			);
		}
		if (order > 0 && habit !== 'full') {
			post(statementDate, 'interest', random.whole(100, 9_000));
			if (habit === 'nothing') post(statementDate, 'late_fee', random.whole(1_000, 20_000));
		}
		const due = Math.max(0, balance);
		const minimum = Math.ceil(due / 10) + (changed && order === 2 ? 1 : 0);
		statements += `A${id},${statementDate},${dueDate},${money(balance)},${money(minimum)}\n`;
		// What is paid on the third statement is not yet posted.
		if (order < 2 && habit !== 'nothing' && due > 0)
			post(dueDate, 'payment', habit === 'full' ? due : Math.ceil(due / 10));
	}
	if (changed) post('2026-11-19', 'payment', 10_000);
	const phone = `+861${String(changed ? 5 : 0)}${String(index).padStart(9, '0')}`;
	return {
		'customers.csv': `C${id},持卡人${String(index)},${phone},${String(index % 10_000).padStart(4, '0')},zh-CN\n`,
		'accounts.csv': `A${id},C${id},${String(random.whole(1000, 9999))},CNY,cn-standard,2026-08-01\n`,
		'statements.csv': statements,
		'postings.csv': posted
			.sort()
			.map((text, count) => `A${id},A${id}-${String(count).padStart(4, '0')},${text}`)
			.join(''),
	};
}
