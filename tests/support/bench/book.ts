import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { makeAccount } from './account.ts';

const HEADERS = {
	'customers.csv': 'customer_id,name,phone,id_last4,locale\n',
	'accounts.csv': 'account_id,customer_id,card_last4,currency,policy,opened_on\n',
	'statements.csv': 'account_id,statement_date,due_date,statement_balance,minimum_payment_due\n',
	'postings.csv': 'account_id,posting_id,posted_on,kind,amount,description\n',
} as const;

export type BookFile = keyof typeof HEADERS;

export const BOOK_FILES = Object.keys(HEADERS) as readonly BookFile[];

/** A book as it is made: so many accounts; `changed` is the next night's, with one account in a hundred changed. */
export interface BookOrder {
	readonly accounts: number;
	readonly changed?: boolean;
	/** Amounts as integers of minor units, as the tables hold them, rather than as decimals. */
	readonly inMinorUnits?: boolean;
}

/**
 * Writes the core's four files into a folder: one customer an account, three statements and about twelve postings each.
 * The same order makes the same bytes.
 */
export async function writeBook(folder: string, order: BookOrder): Promise<void> {
	await mkdir(folder, { recursive: true });
	const writers = BOOK_FILES.map((name) => new TextFile(join(folder, name), HEADERS[name]));
	for (let index = 0; index < order.accounts; index++) {
		const changed = order.changed === true && index % 100 === 0;
		const texts = makeAccount(index, { changed, inMinorUnits: order.inMinorUnits === true });
		for (const [place, writer] of writers.entries()) {
			if (writer.add(texts[BOOK_FILES[place] ?? 'customers.csv'])) await writer.hand();
		}
	}
	for (const writer of writers) await writer.end();
}

class TextFile {
	readonly #stream: WriteStream;
	#text: string;

	constructor(path: string, header: string) {
		this.#stream = createWriteStream(path);
		this.#text = header;
	}

	/** Whether it is time to hand on what came together. */
	add(text: string): boolean {
		this.#text += text;
		return this.#text.length > 256 * 1024;
	}

	async hand(): Promise<void> {
		const flows = this.#stream.write(this.#text);
		this.#text = '';
		if (!flows) await once(this.#stream, 'drain');
	}

	async end(): Promise<void> {
		this.#stream.end(this.#text);
		await finished(this.#stream);
	}
}
