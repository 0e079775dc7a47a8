import pg from 'pg';

/** A statement that is sent by its name, with what is to be told before it. */
export interface KeptStatement {
	readonly name: string;
	readonly text: string;
	readonly values: readonly unknown[];
	/** For whom it asks; undefined where the connection has told that already. */
	readonly untold: string | undefined;
}

/** Tells for whom a connection asks, by the setting that the policies read. */
export const TELL = { name: 'tell', text: `select set_config('portal.identity', $1, false)` };

/** Sends such a statement. A connection must have been sent `TELL` by its name before it can tell anything along the way. */
export async function sendKept(client: pg.PoolClient, statement: KeptStatement): Promise<pg.QueryResult> {
	return new Promise((resolve, reject) => {
		client.query(
			new KeptQuery(statement, (error, result) => {
				if (error) reject(error);
				else resolve(result);
			}),
		);
	});
}

/** The part of the driver's connection and query that is written to here; both are its way for queries of one's own. */
interface Wire {
	bind(message: { statement: string; values: readonly string[] }): void;
	execute(message: { portal?: string }): void;
}
interface WireQuery {
	name: string;
	prepare(wire: Wire): void;
	handleDataRow(message: unknown): void;
	handleCommandComplete(message: unknown, wire: Wire): void;
}
type Callback = (error: Error | null, result: pg.QueryResult) => void;
const WireQuery = pg.Query as unknown as new (
	text: string,
	values: readonly unknown[],
	callback: Callback,
) => pg.Query & WireQuery;

/**
 * One query of two statements that stand or fall together: nothing ends the transaction between them, so that the second never
 * runs for anybody but whom the first has told.
 */
class KeptQuery extends WireQuery {
	#untold: string | undefined;

	constructor({ name, text, values, untold }: KeptStatement, callback: Callback) {
		super(text, values, callback);
		this.name = name;
		this.#untold = untold;
	}

	override prepare(wire: Wire): void {
		if (this.#untold !== undefined) {
			wire.bind({ statement: TELL.name, values: [this.#untold] });
			wire.execute({});
		}
		super.prepare(wire);
	}

	override handleDataRow(message: unknown): void {
		if (this.#untold === undefined) super.handleDataRow(message);
	}

	override handleCommandComplete(message: unknown, wire: Wire): void {
		if (this.#untold === undefined) super.handleCommandComplete(message, wire);
		else this.#untold = undefined;
	}
}
