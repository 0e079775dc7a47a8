import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { constants } from 'node:zlib';
import compression from 'compression';
import { isForeign } from '#lib/domain/access/foreign-request.ts';
import { answerHeaders } from '#lib/server/answer-headers.ts';

/** What answers a request: adapter-node's handler. */
export type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** A port that is taken; answers come once it is told what answers. */
export interface Listening {
	readonly port: number;
	/** From now on the handler answers; until then everybody is asked to come back in a second. */
	answer(handler: Handler, origin: string): void;
	/** Takes no new connection, lets running requests finish, and after `patience` milliseconds cuts off the rest. */
	close(patience: number): Promise<void>;
}

/** News leave as they come: what compresses would hold them back until there is enough of them. */
const isStream = (response: { getHeader(name: string): unknown }) =>
	String(response.getHeader('content-type')).startsWith('text/event-stream');

/**
 * Whether another site made a browser ask in the name of somebody who is signed in. Such a site can put words of its own into an
 * address, which the page repeats, and learn from the length of what is compressed whether the page holds them too (BREACH);
 * so what it asks for goes as it is. Nothing else in a signed-in page comes from anybody but its reader.
 */
const isProbed = ({ headers }: IncomingMessage) =>
	/^(cross|same)-site$/.test(String(headers['sec-fetch-site'])) && /(^|[ -])session=/.test(headers.cookie ?? '');

/**
 * Pages leave compressed: a table of sixty instalments is a tenth of its size then, on a phone that pays for each byte. From the
 * next level on it takes twice the time for a hundredth less; two levels down a page is a fifth larger for a twentieth of the time
 * that it takes in all. No page is as long as the window, and a larger one is memory to fill for each answer. It asks no more of a
 * request than node:http gives, whatever its types say; what is no text (a PDF, a picture, a file that lies there compressed) it
 * leaves alone.
 */
const compress = compression({
	brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 16 } },
	filter: (request, response) => !isStream(response) && !isProbed(request) && compression.filter(request, response),
}) as unknown as Handler;

/**
 * Takes the port.
 *
 * @param only refuse requests for any other host than the origin's: no page on the web can then reach a demo on this
 *   machine by a name of its own
 * @throws the system's error, such as EADDRINUSE
 */
export async function listen(host: string, port: number, only: boolean): Promise<Listening> {
	let handler: Handler | undefined;
	let origin = '';
	const server = createServer((request, response) => {
		const { method = '', url = '', headers } = request;
		// Files never pass the application's own hook. One is asked about again each time, unless its name holds its digest, for which
		// the handler says so itself.
		response.setHeader('cache-control', 'no-cache');
		const path = url.split('?', 1)[0] ?? '';
		for (const [name, value] of Object.entries(answerHeaders({ origin, path }))) response.setHeader(name, value);
		if (!handler) return refuse(response, 503, 'Starting.', { 'retry-after': '1' });
		if (only && headers.host !== new URL(origin).host) return misdirected(request, response, origin);
		if (isForeign({ method, from: headers.origin, origin })) {
			if (headers.accept?.includes('text/html') !== true) return refuse(response, 403, 'Not from here.');
			// A reader gets the reason in their words; what was asked for goes no further.
			Object.assign(request, { method: 'GET', url: '/refused' });
		}
		const answer = handler;
		compress(request, response, () => answer(request, response, () => refuse(response, 404, 'Not found.')));
	});
	server.listen({ host, port });
	await once(server, 'listening');
	return {
		port: (server.address() as AddressInfo).port,
		answer(given, at) {
			handler = given;
			origin = at;
		},
		close: (patience) => close(server, patience),
	};
}

function refuse(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
	response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(`${text}\n`);
}

/** Who asks for localhost means us, but forms are accepted from the origin alone. */
function misdirected(request: IncomingMessage, response: ServerResponse, origin: string): void {
	const { port } = new URL(origin);
	const near = ['localhost', '[::1]', '127.0.0.1'].some((name) => request.headers.host === `${name}:${port}`);
	if (near && request.method === 'GET' && request.url?.startsWith('/') === true) {
		return refuse(response, 307, 'See there.', { location: origin + request.url });
	}
	refuse(response, 421, `This is ${origin}.`);
}

async function close(server: Server, patience: number): Promise<void> {
	const closed = once(server, 'close');
	server.close();
	const impatience = setTimeout(() => server.closeAllConnections(), patience);
	// A connection that is kept alive ends with the request that runs on it.
	const sweep = setInterval(() => server.closeIdleConnections(), 50);
	await closed;
	clearTimeout(impatience);
	clearInterval(sweep);
}
