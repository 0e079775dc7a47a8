import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { PostingKind } from '#lib/domain/account/history.ts';
import type { DelinquencyBucket } from '#lib/domain/account/past-due.ts';
import { formatAmount } from '#lib/domain/money.ts';
import type { Life } from '#lib/server/demo/life-of-account.ts';
import { type Random, seededRandom } from '#lib/server/demo/random.ts';

/** A person of the demo as the core knows them. */
export interface DemoCustomer {
	readonly customerId: string;
	readonly name: string;
	readonly phone: string;
	readonly idLast4: string;
	readonly locale: 'zh-CN' | 'en';
	/** Empty where the bank's zone counts. */
	readonly timeZone: string;
	readonly accounts: readonly DemoAccount[];
}

export interface DemoAccount extends Life {
	readonly accountId: string;
	readonly cardLast4: string;
	readonly policy: string;
	/** How it was meant to turn out. */
	readonly bucket: DelinquencyBucket;
	/** A posting of a kind that nobody knows is added to its file. */
	readonly badRow: boolean;
	/** So many days ago its holder signed a plan; undefined where none was signed. */
	readonly agreedDaysAgo: number | undefined;
}

/** Writes the people of the demo into a folder as the core's four files, as a bank would export them. */
export async function writeBook(directory: string, customers: readonly DemoCustomer[]): Promise<void> {
	const write = (name: string, header: string, rows: readonly (readonly string[])[]) =>
		writeFile(join(directory, name), `${header}\n${stringify(rows.map((row) => [...row]))}`);
	await write(
		'customers.csv',
		'customer_id,name,phone,id_last4,locale,time_zone',
		customers.map((of) => [of.customerId, of.name, of.phone, of.idLast4, of.locale, of.timeZone]),
	);
	const accounts = customers.flatMap((of) => of.accounts.map((account) => ({ ...account, ...of })));
	await write(
		'accounts.csv',
		'account_id,customer_id,card_last4,currency,policy,opened_on',
		accounts.map((of) => [of.accountId, of.customerId, of.cardLast4, of.history.currency.code, of.policy, of.openedOn]),
	);
	await write(
		'statements.csv',
		'account_id,statement_date,due_date,statement_balance,minimum_payment_due',
		accounts.flatMap(({ accountId, history: { currency, statements } }) =>
			statements.map((of) => [
				accountId,
				of.statementDate,
				of.dueDate,
				formatAmount(of.statementBalance, currency),
				formatAmount(of.minimumPaymentDue, currency),
			]),
		),
	);
	await write(
		'postings.csv',
		'account_id,posting_id,posted_on,kind,amount,description',
		accounts.flatMap((account) => postingRows(account, account.locale)),
	);
}

function postingRows({ accountId, history, badRow }: DemoAccount, locale: 'zh-CN' | 'en'): string[][] {
	const { currency, postings } = history;
	const random = seededRandom(postings.length);
	const rows = postings.map(({ postedOn, kind, amount }, index) => [
		accountId,
		`${accountId}-${String(index + 1).padStart(4, '0')}`,
		postedOn,
		kind,
		formatAmount(amount, currency),
		describe(kind, locale, random),
	]);
	const last = rows.at(-1);
	if (badRow && last) rows.push([accountId, `${accountId}-9999`, last[2] ?? '', 'adjustment', '12.00', '']);
	return rows;
}

/** As a shop or the core itself would describe a posting, in its holder's language. */
function describe(kind: PostingKind, locale: 'zh-CN' | 'en', random: Random): string {
	const words = DESCRIPTIONS[locale];
	return kind === 'purchase' ? random.pick(words.purchase) : words[kind];
}

const DESCRIPTIONS = {
	'zh-CN': {
		purchase: ['超市', '餐饮', '加油站', '网上购物', '公共交通', '药店', '水电燃气', '手机话费', '书店', '医院'],
		cash_advance: '预借现金',
		interest: '循环利息',
		fee: '年费',
		late_fee: '违约金',
		payment: '还款',
		refund: '退货',
		waiver_interest: '利息减免',
		waiver_fee: '费用减免',
	},
	en: {
		purchase: [
			'Groceries',
			'Restaurant',
			'Fuel',
			'Online shop',
			'Public transport',
			'Pharmacy',
			'Utilities',
			'Hospital',
		],
		cash_advance: 'Cash advance',
		interest: 'Interest',
		fee: 'Annual fee',
		late_fee: 'Late payment fee',
		payment: 'Payment',
		refund: 'Refund',
		waiver_interest: 'Interest waived',
		waiver_fee: 'Fee waived',
	},
} as const;
