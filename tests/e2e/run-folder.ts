import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** Everything that the server said. */
export const LOG_FILE = 'server.log';
/** The address of the run's database, with the owner's role. */
export const DATABASE_FILE = 'database';
const PLANTED_FILE = 'planted.jsonl';

/** The folder that the server and the specs of one run share; it goes with the run. */
export function runFolder(): string {
	const folder = process.env.E2E_FOLDER;
	if (!folder) throw new Error('the run has no folder: start it by the configuration');
	return folder;
}

/** Asks the run's database, past the application. */
export async function query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
	const client = new pg.Client({ connectionString: readFileSync(join(runFolder(), DATABASE_FILE), 'utf8') });
	await client.connect();
	try {
		return (await client.query<Row>(text, [...values])).rows;
	} finally {
		await client.end();
	}
}

/** Something that was given to the server and must be found in no log and no job. */
export interface Planted {
	readonly name: string;
	readonly value: string;
}

/** Notes that a value was given to the server. */
export function notePlanted(name: string, value: string): void {
	appendFileSync(join(runFolder(), PLANTED_FILE), `${JSON.stringify({ name, value } satisfies Planted)}\n`);
}

/** All that was noted in this run. */
export function readPlanted(): Planted[] {
	const file = join(runFolder(), PLANTED_FILE);
	if (!existsSync(file)) return [];
	const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
	return lines.map((line) => JSON.parse(line) as Planted);
}
