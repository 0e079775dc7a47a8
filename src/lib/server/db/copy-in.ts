import type { Duplex } from 'node:stream';
import { CompiledQuery } from 'kysely';
import type { Connection, Submittable } from 'pg';
import type { Trx } from '#lib/server/db/connect.ts';

/**
 * Runs `COPY … FROM STDIN` inside a transaction and returns how many rows were taken. `statement` names table and
 * columns, `source` yields rows in COPY's text format. What the source throws is thrown on, and the transaction is then
 * aborted; memory stays bounded, since the source is asked for more only when the socket has taken what it gave.
 */
export async function copyIn(trx: Trx, statement: string, source: AsyncIterable<Buffer>): Promise<number> {
	const copy = new CopyIn(statement, source);
	// pg takes an object with `submit` in the place of the text, as it does for its own cursors; Kysely hands over what stands here.
	await trx.executeQuery({ ...CompiledQuery.raw(statement), sql: copy as unknown as string });
	return copy.rowCount;
}

/** The half of the copy protocol that pg's connection speaks and its types leave out. */
interface CopyConnection extends Connection {
	readonly stream: Duplex;
	sendCopyFromChunk(chunk: Buffer): void;
	endCopyFrom(): void;
	sendCopyFail(message: string): void;
}

/** One COPY as a query of pg's queue; awaited, it settles when the server has answered. */
class CopyIn implements Submittable, PromiseLike<{ command: 'COPY'; rows: [] }> {
	rowCount = 0;
	readonly #statement: string;
	readonly #source: AsyncIterable<Buffer>;
	readonly #settled = Promise.withResolvers<{ command: 'COPY'; rows: [] }>();
	#over = false;
	#sourceError: unknown;

	constructor(statement: string, source: AsyncIterable<Buffer>) {
		this.#statement = statement;
		this.#source = source;
	}

	/** Kysely awaits what the client's query returns, and pg returns the object that it was given. */
	then: PromiseLike<{ command: 'COPY'; rows: [] }>['then'] = (...handlers) => this.#settled.promise.then(...handlers);

	submit(connection: Connection): void {
		connection.query(this.#statement);
	}

	handleCopyInResponse(connection: CopyConnection): void {
		void this.#send(connection);
	}

	handleCommandComplete({ text }: { text: string }): void {
		this.rowCount = Number(text.split(' ')[1] ?? 0);
	}

	handleReadyForQuery(): void {
		this.#over = true;
		this.#settled.resolve({ command: 'COPY', rows: [] });
	}

	handleError(error: Error): void {
		this.#over = true;
		this.#settled.reject((this.#sourceError as Error | undefined) ?? error);
	}

	async #send(connection: CopyConnection): Promise<void> {
		try {
			for await (const chunk of this.#source) {
				if (this.#over) return;
				connection.sendCopyFromChunk(chunk);
				if (connection.stream.writableNeedDrain) await drained(connection.stream);
			}
			if (!this.#over) connection.endCopyFrom();
		} catch (error) {
			this.#sourceError = error;
			if (!this.#over) connection.sendCopyFail('the rows could not be read to their end');
		}
	}
}

/** Waits until the socket takes more, or is gone: its end reaches the query as an error. */
async function drained(stream: Duplex): Promise<void> {
	const { promise, resolve } = Promise.withResolvers<void>();
	stream.once('drain', resolve);
	stream.once('close', resolve);
	await promise;
	stream.off('drain', resolve);
	stream.off('close', resolve);
}
