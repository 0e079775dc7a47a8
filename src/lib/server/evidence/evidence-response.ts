import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { OpenedEvidence } from '#lib/server/evidence/open-evidence.ts';

/**
 * The answer that carries a document: never cached, never guessed at, never run. Images may be shown in place, a PDF is
 * only ever a download.
 */
export function evidenceResponse({ body, contentType, fileName }: OpenedEvidence): Response {
	const disposition = contentType === 'application/pdf' ? 'attachment' : 'inline';
	return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array> as unknown as BodyInit, {
		headers: {
			'content-type': contentType,
			'content-disposition': `${disposition}; filename="${fileName}"`,
			'content-security-policy': "default-src 'none'; sandbox",
			'cross-origin-resource-policy': 'same-origin',
			'x-content-type-options': 'nosniff',
			'cache-control': 'no-store',
		},
	});
}
