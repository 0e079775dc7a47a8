import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { Portal } from '../portal.ts';
import type { ToldStatement } from './tell-statements.ts';

/** What one visitor's page is made of: what the database was asked, each way there and back, and what went to the browser. */
export interface RecordedPage {
	readonly ways: readonly (readonly ToldStatement[])[];
	/** Without those that node:http writes by itself. */
	readonly headers: readonly (readonly [string, string])[];
	/** Compressed as it went out; base64. */
	readonly body: string;
}

/** Asks for one page after another and records each: what it asked of the database stands in the file by then. */
export async function recordPages(
	portal: Portal,
	{ asks, file }: { asks: readonly Ask[]; file: string },
): Promise<RecordedPage[]> {
	const pages: RecordedPage[] = [];
	for (const ask of asks) {
		const before = linesOf(file).length;
		const { headers, body } = await get(portal.origin, ask);
		const told = linesOf(file).slice(before);
		pages.push({ ways: told.map((line) => JSON.parse(line) as ToldStatement[]), headers, body });
	}
	return pages;
}

/** A path and the headers with which it is asked for. */
export interface Ask {
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
}

const ITS_OWN = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length'];

function get(origin: string, { path, headers }: Ask): Promise<Pick<RecordedPage, 'headers' | 'body'>> {
	return new Promise((resolve, reject) => {
		const asked = request(origin + path, { headers, agent: false }, (answer) => {
			const chunks: Buffer[] = [];
			answer.on('data', (chunk: Buffer) => chunks.push(chunk));
			answer.on('end', () => {
				if (answer.statusCode !== 200) reject(new Error(`${path} was answered with ${String(answer.statusCode)}`));
				const raw = answer.rawHeaders;
				const pairs = raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []));
				resolve({
					headers: pairs.filter(([name]) => !ITS_OWN.includes(name.toLowerCase())),
					body: Buffer.concat(chunks).toString('base64'),
				});
			});
		});
		asked.on('error', reject);
		asked.end();
	});
}

function linesOf(file: string): string[] {
	return readFileSync(file, 'utf8').split('\n').filter(Boolean);
}
