import { type AccountHistory, type Posting, POSTING_KINDS, type Statement } from '#lib/domain/account/history.ts';
import type { PolicyBook } from '#lib/domain/account/policy-book.ts';
import { type Currency, currencyOf } from '#lib/domain/money.ts';
import type { RangeRows } from '#lib/server/account/account-range.repository.ts';
import { CopyReader, textOf } from '#lib/server/account/copy-reader.ts';
import { type FaultyHistory, judgeHistory, type SoundHistory } from '#lib/server/account/judge-history.ts';

/** An account as a run over all of them needs it. */
export type RangeAccount = { readonly accountId: string; readonly currency: Currency } & (SoundHistory | FaultyHistory);

/** Puts the accounts of a range together from its rows, in their order. */
export function* rangeAccounts(rows: RangeRows, policies: PolicyBook): Generator<RangeAccount> {
	const accounts = new CopyReader(rows.accounts);
	const statements = new CopyReader(rows.statements);
	const postings = new CopyReader(rows.postings);
	while (!accounts.isAtEnd) {
		const key = accounts.field();
		const currency = currencyOf(accounts.field());
		const policyCode = textOf(accounts.field());
		const openedOn = accounts.lastField();
		const history: AccountHistory = {
			currency,
			statements: readStatements(statements, key),
			postings: readPostings(postings, key),
		};
		const accountId = textOf(key);
		const refusedRows = rows.refused.get(accountId) ?? [];
		yield { accountId, currency, ...judgeHistory(history, { policyCode, openedOn, refusedRows }, policies) };
	}
	if (!statements.isAtEnd || !postings.isAtEnd) throw new Error('rows of an account that is not in the range');
}

function readStatements(reader: CopyReader, key: string): Statement[] {
	const statements: Statement[] = [];
	while (reader.passes(key)) {
		statements.push({
			statementDate: reader.field(),
			dueDate: reader.field(),
			statementBalance: reader.integer(),
			minimumPaymentDue: reader.integer(),
		});
	}
	return statements;
}

/** In the order of their sequence numbers, which is that of the file. */
function readPostings(reader: CopyReader, key: string): Posting[] {
	const postings: (Posting & { readonly seq: number })[] = [];
	let newest = -1;
	let inOrder = true;
	while (reader.passes(key)) {
		const seq = reader.integer();
		const postedOn = reader.field();
		const kind = KINDS.get(reader.field());
		if (!kind) throw new Error('a posting of an unknown kind');
		postings.push({ postedOn, kind, amount: reader.integer(), seq });
		inOrder &&= seq > newest;
		newest = seq;
	}
	return inOrder ? postings : postings.sort((a, b) => a.seq - b.seq);
}

/** One text a kind for all postings, so that comparing kinds is comparing addresses. */
const KINDS = new Map(POSTING_KINDS.map((kind) => [kind as string, kind]));
