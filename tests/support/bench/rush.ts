import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Visitor } from '../visitor.ts';

/** A service that takes messages on this machine, as a bank's own would over HTTP, and keeps them. */
export interface SmsInbox {
	readonly url: string;
	/** The texts that were taken so far, each message once however often it came. */
	texts(template: string): string[];
	close(): void;
}

export async function openSmsInbox(): Promise<SmsInbox> {
	const taken = new Map<string, { template: string; text: string }>();
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { id, ...message } = JSON.parse(Buffer.concat(chunks).toString()) as {
				id: string;
				template: string;
				text: string;
			};
			taken.set(id, message);
			response.writeHead(202).end();
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
		texts: (template) => [...taken.values()].filter((message) => message.template === template).map(({ text }) => text),
		close: () => void server.close(),
	};
}

/** Waits until there are so many; throws where none has come for half a minute. */
export async function awaitMany(count: () => number, many: number): Promise<number> {
	let last = { count: -1, at: performance.now() };
	while (count() < many) {
		if (count() > last.count) last = { count: count(), at: performance.now() };
		if (performance.now() - last.at > 30_000) throw new Error(`${String(count())} came of ${String(many)}`);
		await wait(200);
	}
	return count();
}

/** What a rush came to: the answers that refused somebody, and how long each page was waited for. */
export interface Rush {
	readonly refused: readonly string[];
	readonly waits: readonly number[];
	readonly seconds: number;
}

/** Somebody opens each link, one after another over so many seconds, and asks for a code as a browser does. */
export async function rushIn(
	origin: string,
	{ links, seconds }: { links: readonly string[]; seconds: number },
): Promise<Rush> {
	const started = performance.now();
	const refused: string[] = [];
	const waits: number[] = [];
	const come = async (link: string, nth: number) => {
		const due = started + (nth / links.length) * seconds * 1000;
		await wait(Math.max(0, due - performance.now()));
		await visit(new Visitor(origin), new URL(link).pathname, async (what, ask) => {
			const from = performance.now();
			const { status, expected } = await ask();
			waits.push(performance.now() - from);
			if (status !== expected) refused.push(`${what}: ${String(status)}`);
		}).catch((fault: unknown) => refused.push(String(fault)));
	};
	await Promise.all(links.map(come));
	return { refused, waits, seconds: (performance.now() - started) / 1000 };
}

type Step = (what: string, ask: () => Promise<{ status: number; expected: number }>) => Promise<void>;

async function visit(visitor: Visitor, path: string, step: Step): Promise<void> {
	await step('the link', async () => ({ ...(await visitor.get(path)), expected: 303 }));
	await open(visitor, '/l', step);
	await step('the code', async () => ({ ...(await visitor.post('/l?/send', {})), expected: 303 }));
	await open(visitor, '/sign-in/code', step);
}

/** A page, and what it names for a browser to fetch. */
async function open(visitor: Visitor, path: string, step: Step): Promise<void> {
	let page = '';
	await step(path, async () => {
		const { status, body } = await visitor.get(path);
		page = body;
		return { status, expected: 200 };
	});
	const named = [...page.matchAll(/<(?:link|meta|script|img)[^>]* (?:href|src|content)="(\/[^"]+)"/g)];
	for (const [, file = ''] of named) {
		await step(file, async () => ({ ...(await visitor.get(file)), expected: 200 }));
	}
}
