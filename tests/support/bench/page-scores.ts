import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import lighthouse, { type Result } from 'lighthouse';
import { median } from './rounds.ts';

/** What Lighthouse's mobile preset says of a page: scores of 100, milliseconds, and the audits that cost a point. */
export interface Scores {
	readonly performance: number;
	readonly accessibility: number;
	readonly bestPractices: number;
	readonly seo: number;
	readonly largestPaintMs: number;
	readonly blockingMs: number;
	readonly layoutShift: number;
	/** As `category: audit`. */
	readonly lost: readonly string[];
}

/** A page to be looked at, and what makes the browser ready for it: also before each further attempt. */
export interface Look {
	readonly url: string;
	readonly prepare: () => Promise<void>;
}

/** Looks at an address in a new tab of the browser that listens for devtools on a port. */
export async function scorePage(look: Look, port: number): Promise<Scores> {
	const { url } = look;
	const { categories, audits, finalDisplayedUrl } = await lookAt(look, port);
	if (finalDisplayedUrl !== url) throw new Error(`${url} leads to ${finalDisplayedUrl}`);
	const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100);
	const number = (name: string) => audits[name]?.numericValue ?? NaN;
	const lost = Object.entries(categories).flatMap(([category, { auditRefs }]) =>
		auditRefs
			.filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
			.map(({ id }) => `${category}: ${id}`),
	);
	return {
		performance: score('performance'),
		accessibility: score('accessibility'),
		bestPractices: score('best-practices'),
		seo: score('seo'),
		largestPaintMs: number('largest-contentful-paint'),
		blockingMs: number('total-blocking-time'),
		layoutShift: number('cumulative-layout-shift'),
		lost,
	};
}

/** The medians of some looks at a page, and what most of them lost. */
export function middleOf(looks: readonly Scores[]): Scores {
	const middle = (of: (scores: Scores) => number) => median(looks.map(of));
	const lost = looks.flatMap((scores) => scores.lost);
	return {
		performance: middle(({ performance }) => performance),
		accessibility: middle(({ accessibility }) => accessibility),
		bestPractices: middle(({ bestPractices }) => bestPractices),
		seo: middle(({ seo }) => seo),
		largestPaintMs: middle(({ largestPaintMs }) => largestPaintMs),
		blockingMs: middle(({ blockingMs }) => blockingMs),
		layoutShift: middle(({ layoutShift }) => layoutShift),
		lost: [...new Set(lost)].filter((audit) => 2 * lost.filter((other) => other === audit).length > looks.length),
	};
}

/** On a machine that is busy with something else a recording now and then lacks its beginning; that says nothing of the page. */
async function lookAt(look: Look, port: number, attempt = 1): Promise<Result> {
	const { url, prepare } = look;
	await prepare();
	const run = await lighthouse(url, { port, output: 'json', logLevel: 'silent' });
	if (run && !run.lhr.runtimeError) return run.lhr;
	if (attempt < 3) return lookAt(look, port, attempt + 1);
	throw new Error(`Lighthouse cannot look at ${url}: ${run?.lhr.runtimeError?.message ?? 'it says nothing'}`);
}

/** A page with one word on it, on a server of its own: what no page can be faster than. */
export async function serveBlankPage(): Promise<{ url: string; close(): void }> {
	const page = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Blank</title><p>Blank</p>`;
	const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(page));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${String(port)}/`, close: () => void server.close() };
}
