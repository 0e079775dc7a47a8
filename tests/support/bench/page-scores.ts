import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import lighthouse, { type Result } from 'lighthouse';

/** What Lighthouse's mobile preset says of a page: scores of 100, milliseconds, and the audits that cost a point. */
export interface Scores {
	readonly performance: number;
	readonly accessibility: number;
	readonly bestPractices: number;
	readonly seo: number;
	readonly largestPaintMs: number;
	readonly blockingMs: number;
	readonly layoutShift: number;
	readonly lost: readonly string[];
}

/** Looks at an address in a new tab of the browser that listens for devtools on a port. */
export async function scorePage(url: string, port: number): Promise<Scores> {
	const { categories, audits, finalDisplayedUrl } = await lookAt(url, port);
	if (finalDisplayedUrl !== url) throw new Error(`${url} leads to ${finalDisplayedUrl}`);
	const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100);
	const number = (name: string) => audits[name]?.numericValue ?? NaN;
	const counted = Object.values(categories).flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0));
	const lost = counted.map(({ id }) => id).filter((id) => (audits[id]?.score ?? 1) < 0.9);
	return {
		performance: score('performance'),
		accessibility: score('accessibility'),
		bestPractices: score('best-practices'),
		seo: score('seo'),
		largestPaintMs: number('largest-contentful-paint'),
		blockingMs: number('total-blocking-time'),
		layoutShift: number('cumulative-layout-shift'),
		lost: [...new Set(lost)],
	};
}

/** On a machine that is busy with something else a recording now and then lacks its beginning; that says nothing of the page. */
async function lookAt(url: string, port: number, attempt = 1): Promise<Result> {
	const run = await lighthouse(url, { port, output: 'json', logLevel: 'silent' });
	if (run && !run.lhr.runtimeError) return run.lhr;
	if (attempt < 3) return lookAt(url, port, attempt + 1);
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
