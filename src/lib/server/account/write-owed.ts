import type { Writable } from 'node:stream';
import { once } from 'node:events';
import type { Day } from '#lib/domain/day.ts';
import { type AccountBeingChecked, readOwed } from '#lib/server/account/account-state.ts';
import { listAccountStates } from '#lib/server/account/list-account-states.ts';
import { OWED_CSV_HEADER, owedCsvLine } from '#lib/server/account/owed-csv.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** So much text is handed to the stream at once. */
const CHUNK = 64 * 1024;

export interface OwedWriting {
	readonly asOf: Day;
	readonly to: Writable;
	/** Told of each account that is being checked: it has no line, since no figure of it is to be trusted. */
	readonly onBeingChecked: (account: AccountBeingChecked) => void;
	readonly onProgress?: (accounts: number) => void;
}

/** Writes what every account owes as CSV, in the order of ids, and returns how many lines; memory stays bounded. */
export async function writeOwed(db: DbOrTrx, { asOf, to, onBeingChecked, onProgress }: OwedWriting): Promise<number> {
	let written = 0;
	let text = OWED_CSV_HEADER;
	const hand = async () => {
		if (!to.write(text)) await once(to, 'drain');
		text = '';
		onProgress?.(written);
	};
	for await (const state of listAccountStates(db)) {
		if (state.beingChecked) {
			onBeingChecked(state);
			continue;
		}
		text += owedCsvLine(state.accountId, asOf, readOwed(state, asOf), state.currency);
		written += 1;
		if (text.length >= CHUNK) await hand();
	}
	await hand();
	return written;
}
