import { copyText, fileAmount, isFileDay, isId } from '#lib/server/import/check-fields.ts';
import { accountIdOf, type CoreFile, rowKeyOf } from '#lib/server/import/core-file.ts';

const BAD_ACCOUNT = { reason: 'account_id is not an id' };
const BAD_DATE = { reason: 'statement_date is not a day' };
const BAD_DUE_DATE = { reason: 'due_date is not a day' };
const DUE_TOO_EARLY = { reason: 'due_date is before statement_date' };
const BAD_BALANCE = { reason: 'statement_balance is not a decimal' };
const BAD_MINIMUM = { reason: 'minimum_payment_due is not a decimal' };
const NEGATIVE_MINIMUM = { reason: 'minimum_payment_due is below nought' };
const MIXED_DECIMALS = { reason: 'amounts with different decimals' };

/** `statements.csv`: keyed by account and statement date; the balance may be below nought. */
export const STATEMENTS_FILE: CoreFile = {
	name: 'statements.csv',
	columns: ['account_id', 'statement_date', 'due_date', 'statement_balance', 'minimum_payment_due'],
	optionalColumns: [],
	stagedColumns: ['account_id', 'statement_date', 'due_date', 'statement_balance', 'minimum_payment_due', 'digits'],
	check([accountId, statementDate, dueDate, balanceText, minimumText]) {
		if (!isId(accountId)) return BAD_ACCOUNT;
		if (!isFileDay(statementDate)) return BAD_DATE;
		if (!isFileDay(dueDate)) return BAD_DUE_DATE;
		if (dueDate < statementDate) return DUE_TOO_EARLY;
		const balance = fileAmount(balanceText);
		if (!balance) return BAD_BALANCE;
		const minimum = fileAmount(minimumText);
		if (!minimum) return BAD_MINIMUM;
		if (minimum.minor < 0) return NEGATIVE_MINIMUM;
		if (minimum.digits !== balance.digits) return MIXED_DECIMALS;
		return `${copyText(accountId)}\t${statementDate}\t${dueDate}\t${String(balance.minor)}\t${String(minimum.minor)}\t${String(balance.digits)}`;
	},
	identify: ([accountId, statementDate]) => ({ accountId: accountIdOf(accountId), rowKey: rowKeyOf(statementDate) }),
};
