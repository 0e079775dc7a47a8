import { isPostingKind } from '#lib/domain/account/history.ts';
import { copyText, fileAmount, isFileDay, isId } from '#lib/server/import/check-fields.ts';
import { accountIdOf, type CoreFile, rowKeyOf } from '#lib/server/import/core-file.ts';

const LONGEST_DESCRIPTION = 1000;

const BAD_ACCOUNT = { reason: 'account_id is not an id' };
const BAD_ID = { reason: 'posting_id is not an id' };
const BAD_DAY = { reason: 'posted_on is not a day' };
const UNKNOWN_KIND = { reason: 'unknown kind' };
const BAD_AMOUNT = { reason: 'amount is not a decimal' };
const NOTHING = { reason: 'amount is not above nought' };
const LONG_DESCRIPTION = { reason: `description is longer than ${String(LONGEST_DESCRIPTION)} characters` };

/** `postings.csv`: what was posted, keyed by account and posting id; a posting never changes. */
export const POSTINGS_FILE: CoreFile = {
	name: 'postings.csv',
	columns: ['account_id', 'posting_id', 'posted_on', 'kind', 'amount', 'description'],
	optionalColumns: [],
	stagedColumns: ['account_id', 'id', 'posted_on', 'kind', 'amount', 'digits', 'description'],
	check([accountId, id, postedOn, kind, amountText, description = '']) {
		if (!isId(accountId)) return BAD_ACCOUNT;
		if (!isId(id)) return BAD_ID;
		if (!isFileDay(postedOn)) return BAD_DAY;
		if (!isPostingKind(kind)) return UNKNOWN_KIND;
		const amount = fileAmount(amountText);
		if (!amount) return BAD_AMOUNT;
		if (amount.minor <= 0) return NOTHING;
		if (description.length > LONGEST_DESCRIPTION) return LONG_DESCRIPTION;
		const { minor, digits } = amount;
		return `${copyText(accountId)}\t${copyText(id)}\t${postedOn}\t${kind}\t${String(minor)}\t${String(digits)}\t${copyText(description)}`;
	},
	identify: ([accountId, id]) => ({ accountId: accountIdOf(accountId), rowKey: rowKeyOf(id) }),
};
