/**
 * Loaded before the portal, it writes down every message that the driver binds or sends to the database, a line of JSON for each way
 * there and back, into the file that `TELL_STATEMENTS` names. It listens where the driver writes, so nothing that is asked escapes it.
 */
import { appendFileSync } from 'node:fs';
import pg from 'pg';

/** A statement as it went out: with the name under which its plan is kept, where it has one. */
export interface ToldStatement {
	readonly name: string;
	readonly text: string;
	readonly values: readonly unknown[];
}

interface Connection {
	query(text: string): void;
	parse(statement: { name?: string; text: string }): void;
	bind(message: { statement?: string; values?: unknown[]; valueMapper?: (value: unknown) => unknown }): void;
	sync(): void;
}

const file = process.env['TELL_STATEMENTS'];
const wire = (pg as unknown as { Connection: { prototype: Connection } }).Connection.prototype;
const { query, parse, bind, sync } = wire;

const texts = new WeakMap<Connection, Map<string, string>>();
const ways = new WeakMap<Connection, ToldStatement[]>();

function tell(statements: readonly ToldStatement[]): void {
	if (file !== undefined) appendFileSync(file, `${JSON.stringify(statements)}\n`);
}

wire.query = function (text) {
	tell([{ name: '', text, values: [] }]);
	query.call(this, text);
};
wire.parse = function (statement) {
	const known = texts.get(this) ?? new Map<string, string>();
	texts.set(this, known.set(statement.name ?? '', statement.text));
	parse.call(this, statement);
};
wire.bind = function (message) {
	const { statement: name = '', values = [], valueMapper = (value: unknown) => value } = message;
	const text = texts.get(this)?.get(name) ?? '';
	ways.set(this, [...(ways.get(this) ?? []), { name, text, values: values.map(valueMapper) }]);
	bind.call(this, message);
};
wire.sync = function () {
	tell(ways.get(this) ?? []);
	ways.delete(this);
	sync.call(this);
};
