import { copyText, isId } from '#lib/server/import/check-fields.ts';
import { type CoreFile, rowKeyOf } from '#lib/server/import/core-file.ts';

const BAD_CUSTOMER = { reason: 'customer_id is not an id' };
const BAD_NAME = { reason: 'name is empty or too long' };
const BAD_PHONE = { reason: 'phone is not E.164' };
const BAD_ID_LAST4 = { reason: 'id_last4 is not the end of an ID number' };
const BAD_LOCALE = { reason: 'locale is not a language tag' };
const BAD_TIME_ZONE = { reason: 'time_zone is not an IANA time zone' };

/** `customers.csv`: keyed by customer id. Where `time_zone` is left empty, the bank's zone counts. */
export const CUSTOMERS_FILE: CoreFile = {
	name: 'customers.csv',
	columns: ['customer_id', 'name', 'phone', 'id_last4', 'locale'],
	optionalColumns: ['time_zone'],
	stagedColumns: ['id', 'name', 'phone', 'id_last4', 'locale', 'time_zone'],
	check([id, name = '', phone = '', idLast4 = '', locale = '', timeZone = '']) {
		if (!isId(id)) return BAD_CUSTOMER;
		if (name.trim() === '' || name.length > 200) return BAD_NAME;
		if (!/^\+[1-9]\d{6,14}$/.test(phone)) return BAD_PHONE;
		if (!/^\d{3}[\dX]$/.test(idLast4)) return BAD_ID_LAST4;
		if (!known(LOCALES, locale, isLanguageTag)) return BAD_LOCALE;
		if (timeZone !== '' && !known(TIME_ZONES, timeZone, isTimeZone)) return BAD_TIME_ZONE;
		return `${copyText(id)}\t${copyText(name)}\t${phone}\t${idLast4}\t${locale}\t${timeZone || '\\N'}`;
	},
	identify: ([id]) => ({ accountId: null, rowKey: rowKeyOf(id) }),
};

const LOCALES = new Set<string>();
const TIME_ZONES = new Set<string>();

/** Whether the text passes, remembering those that did: a file names few of them, often. */
function known(seen: Set<string>, text: string, passes: (text: string) => boolean): boolean {
	if (seen.has(text)) return true;
	if (!passes(text)) return false;
	seen.add(text);
	return true;
}

function isLanguageTag(text: string): boolean {
	try {
		return Intl.getCanonicalLocales(text).length === 1;
	} catch {
		return false;
	}
}

/** Names only: an offset such as +08:00 knows no summer time. */
function isTimeZone(text: string): boolean {
	if (!/^[A-Za-z]/.test(text)) return false;
	try {
		return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}
