import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** What came back. */
export interface Answer {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

/** A request of exactly these headers, which neither a browser nor fetch would send. */
export async function knock(
	origin: string,
	path: string,
	{
		method = 'GET',
		headers = {},
		body = '',
	}: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
	const { hostname, port } = new URL(origin);
	const length = method === 'GET' || method === 'HEAD' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
	const asked = request({ hostname, port, path, method, headers: { ...length, ...headers } });
	asked.end(body);
	const [answer] = (await once(asked, 'response')) as [IncomingMessage];
	return { status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) };
}

/** The head of an answer that goes on and on, and what ends it. */
export async function knockAndStay(
	origin: string,
	path: string,
	headers: Record<string, string>,
): Promise<{ answer: Answer; leave: () => void }> {
	const { hostname, port } = new URL(origin);
	const asked = request({ hostname, port, path, headers });
	asked.end();
	const [answer] = (await once(asked, 'response')) as [IncomingMessage];
	answer.on('error', () => undefined).resume();
	const head = { status: answer.statusCode ?? 0, headers: answer.headers, body: '' };
	return { answer: head, leave: () => asked.destroy() };
}

/** Runs all, a few at a time; the order of results is none. */
export async function inTurn<T, R>(all: readonly T[], most: number, run: (each: T) => Promise<R[]>): Promise<R[]> {
	const results: R[] = [];
	let next = 0;
	const worker = async () => {
		for (let each = all[next++]; each !== undefined; each = all[next++]) results.push(...(await run(each)));
	};
	await Promise.all(Array.from({ length: most }, worker));
	return results;
}
