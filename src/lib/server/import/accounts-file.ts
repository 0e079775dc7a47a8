import { findCurrency } from '#lib/domain/money.ts';
import { copyText, isFileDay, isId } from '#lib/server/import/check-fields.ts';
import { accountIdOf, type CoreFile, rowKeyOf } from '#lib/server/import/core-file.ts';

const BAD_ACCOUNT = { reason: 'account_id is not an id' };
const BAD_CUSTOMER = { reason: 'customer_id is not an id' };
const BAD_CARD = { reason: 'card_last4 is not four digits' };
const UNKNOWN_CURRENCY = { reason: 'unknown currency' };
const BAD_POLICY = { reason: 'policy is not a code' };
const BAD_DAY = { reason: 'opened_on is not a day' };

/** `accounts.csv`: keyed by account id. A policy that is not known (yet) is no fault of the row. */
export const ACCOUNTS_FILE: CoreFile = {
	name: 'accounts.csv',
	columns: ['account_id', 'customer_id', 'card_last4', 'currency', 'policy', 'opened_on'],
	optionalColumns: [],
	stagedColumns: ['id', 'cardholder_id', 'card_last4', 'currency', 'policy_code', 'opened_on'],
	check([accountId, customerId, cardLast4 = '', currency = '', policy, openedOn]) {
		if (!isId(accountId)) return BAD_ACCOUNT;
		if (!isId(customerId)) return BAD_CUSTOMER;
		if (!/^\d{4}$/.test(cardLast4)) return BAD_CARD;
		if (!findCurrency(currency)) return UNKNOWN_CURRENCY;
		if (!isId(policy)) return BAD_POLICY;
		if (!isFileDay(openedOn)) return BAD_DAY;
		return `${copyText(accountId)}\t${copyText(customerId)}\t${cardLast4}\t${currency}\t${copyText(policy)}\t${openedOn}`;
	},
	identify: ([accountId]) => ({ accountId: accountIdOf(accountId), rowKey: rowKeyOf(accountId) }),
};
