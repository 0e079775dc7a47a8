import { readFileSync } from 'node:fs';
import { parseHistory } from '#lib/domain/account/parse-history.ts';
import type { AccountHistory } from '#lib/domain/account/history.ts';
import { currencyOf } from '#lib/domain/money.ts';
import type { Owner } from '#lib/server/application/draft.ts';
import type { Db } from '#lib/server/db/connect.ts';

const folder = new URL('../examples/markets/', import.meta.url);

/** A worked case of a market's folder: its first, unless another is asked for. */
export function marketCase(
	market: string,
	place = 0,
): { asOf: string; currency: string; policy: string; history: AccountHistory } {
	const lines = readFileSync(new URL(`${market}/owed.jsonl`, folder), 'utf8')
		.trim()
		.split('\n');
	const line = JSON.parse(lines[place] ?? '') as {
		asOf: string;
		currency: string;
		policy: string;
		statements: unknown;
		postings: unknown;
	};
	const parsed = parseHistory(line, currencyOf(line.currency));
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
	return { ...line, history: parsed.history };
}

/** Publishes a market's policies, as a bank there would. */
export async function publishPolicies(db: Db, market: string): Promise<void> {
	const policies = JSON.parse(readFileSync(new URL(`${market}/policies.json`, folder), 'utf8')) as {
		code: string;
		effectiveOn?: string;
	}[];
	for (const terms of policies) {
		const effectiveOn = terms.effectiveOn ?? '1900-01-01';
		await db
			.insertInto('policy')
			.values({ code: terms.code, effective_on: effectiveOn, terms: JSON.stringify(terms) })
			.execute();
	}
}

let made = 0;

/** A cardholder with one account that has the history of a market's case. */
export async function makeMarketAccount(db: Db, market: string, place = 0): Promise<Owner> {
	const { currency, policy, history } = marketCase(market, place);
	made += 1;
	const owner = { cardholderId: `${market}-C-${String(made)}`, accountId: `${market}-A-${String(made)}` };
	const phone = `+8100${String(made).padStart(8, '0')}`;
	await db
		.insertInto('cardholder')
		.values({ id: owner.cardholderId, name: 'K', phone, id_last4: '0000', locale: 'en', time_zone: null })
		.execute();
	await db
		.insertInto('account')
		.values({
			id: owner.accountId,
			cardholder_id: owner.cardholderId,
			card_last4: '7001',
			currency,
			policy_code: policy,
			opened_on: '2020-01-01',
		})
		.execute();
	const account = { account_id: owner.accountId };
	await db
		.insertInto('statement')
		.values(
			history.statements.map((statement) => ({
				...account,
				statement_date: statement.statementDate,
				due_date: statement.dueDate,
				statement_balance: statement.statementBalance,
				minimum_payment_due: statement.minimumPaymentDue,
			})),
		)
		.execute();
	await db
		.insertInto('posting')
		.values(
			history.postings.map(({ postedOn, kind, amount }, index) => ({
				...account,
				id: `${owner.accountId}-${String(index)}`,
				posted_on: postedOn,
				kind,
				amount,
			})),
		)
		.execute();
	return owner;
}
